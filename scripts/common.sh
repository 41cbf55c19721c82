# What ./run and ./test share: pinned versions, getting what is missing, saying what is done and how long it takes.
# To be sourced by bash from the top of the checkout.

cache="${XDG_CACHE_HOME:-$HOME/.cache}/headstart"
tools="$cache/tools"
# One folder for all checkouts, so that a fresh clone starts with everything that is compiled already.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export PATH="$tools/bin:$PATH"
# Trunk would ask its home page for a newer version.
export TRUNK_SKIP_VERSION_CHECK=true
# A progress bar is only noise in a log.
[ -t 2 ] || export CARGO_TERM_PROGRESS_WHEN=never

trunk_version=0.21.14
binaryen_version=132.0.0
rust_version="$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)"
# The command line tool and the crate must be of the same version.
bindgen_version="$(grep -A 1 '^name = "wasm-bindgen"$' Cargo.lock | sed -n 's/^version = "\(.*\)"/\1/p')"

say() { printf '%s\n' "$*" >&2; }

# The last word of a script that cannot go on: a sentence that says what to do.
stop() {
  say ""
  say "$*"
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# "75" as "1 min 15 s".
duration() {
  if [ "$1" -ge 60 ]; then printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); else printf '%d s' "$1"; fi
}

# step WHAT EXPECTED COMMAND…: says what is done and how long it usually takes, does it, says how long it took.
step() {
  local what="$1" expected="$2" began=$SECONDS
  shift 2
  say "- $what ($expected)"
  "$@" || return
  say "  done in $(duration $((SECONDS - began)))"
}

# Whether the registry of crates answers. Asked only after a download failed, to name the reason.
online() { CARGO_NET_RETRY=0 timeout 30 cargo info --quiet --registry crates-io serde >/dev/null 2>&1; }

# not_had WHAT: why something could not be installed, and what to do.
not_had() {
  if online; then
    stop "$1 could not be installed; the lines above say why. Mend that and start again: what is done already is kept."
  else
    stop "$1 is missing and there is no network to get it from. Connect this machine to the internet once and start again; later starts need no network."
  fi
}

# The pinned Rust. A machine may have it under another name, such as `stable`.
need_rust() {
  has cargo || stop "Rust is missing. Install rustup (Debian: sudo apt-get install rustup && rustup default stable; elsewhere: rustup's home page has one command) and start again."
  if ! has rustup; then
    case "$(rustc --version)" in
      "rustc $rust_version "*) return ;;
      *) stop "This machine has $(rustc --version); Headstart is built with $rust_version. Install rustup, which fetches the right one, and start again." ;;
    esac
  fi
  if ! rustup toolchain list | grep -q "^$rust_version-"; then
    local name
    while read -r name _; do
      case "$(rustup run "$name" rustc --version 2>/dev/null)" in
        "rustc $rust_version "*) export RUSTUP_TOOLCHAIN="$name"; break ;;
      esac
    done < <(rustup toolchain list)
    if [ -z "${RUSTUP_TOOLCHAIN:-}" ]; then
      step "Installing Rust $rust_version" "1 minute, once" \
        rustup toolchain install "$rust_version" --profile minimal --component rustfmt,clippy ||
        stop "Rust $rust_version could not be installed. Connect this machine to the internet and start again, or install it yourself: rustup toolchain install $rust_version"
    fi
  fi
  rustup target list --installed | grep -qx wasm32-unknown-unknown ||
    step "Installing Rust's target for browsers" "10 seconds, once" rustup target add wasm32-unknown-unknown ||
    not_had "Rust's target wasm32-unknown-unknown"
}

# need_component NAME: a part of Rust that formats or checks.
need_component() {
  "cargo-${1/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$1" || not_had "Rust's component $1"
}

# need_tool COMMAND VERSION CRATE EXPECTED FLAGS…: a tool built from its crate, into our own folder.
need_tool() {
  local command="$1" version="$2" crate="$3" expected="$4"
  shift 4
  case "$("$tools/bin/$command" --version 2>/dev/null)" in *" $version") return ;; esac
  step "Building $crate $version" "$expected" \
    env CARGO_TARGET_DIR="$cache/tools-target" cargo install --quiet --root "$tools" --force "$crate@$version" "$@" ||
    not_had "$crate $version"
}

need_bundler() {
  need_tool wasm-bindgen "$bindgen_version" wasm-bindgen-cli "about 3 minutes on two cores, once" --no-default-features
  # Its own profile asks for fat link-time optimisation, which doubles the wait for a tool that only starts others.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    need_tool trunk "$trunk_version" trunk "about 4 minutes on two cores, once" --locked
}

# The crates of Cargo.lock. Later builds need no network.
need_crates() {
  cargo fetch --locked --offline --quiet 2>/dev/null ||
    step "Fetching the crates that Cargo.lock names" "1 minute, once" cargo fetch --locked --quiet ||
    not_had "A crate of Cargo.lock"
}

# cargo judges by modification time what to compile again, and takes two checkouts of one package for the same: in a fresh
# clone it may run code of the checkout that was built last. A checkout that is not the last one gets new times.
own_the_target() {
  local this last="$CARGO_TARGET_DIR/headstart-checkout"
  this="$PWD $(stat -c '%i %W' . 2>/dev/null || stat -f '%i %B' .)"
  mkdir -p "$CARGO_TARGET_DIR"
  [ "$this" = "$(cat "$last" 2>/dev/null)" ] && return
  find index.html build.rs src tests benches locales static -type f -exec touch {} + 2>/dev/null || true
  printf '%s\n' "$this" >"$last"
}

# build_page PROFILE: the page and its workers, by Trunk, into dist/. Its service worker keeps nothing: the next build would
# only be seen after the one before.
build_page() { trunk build --quiet --offline true --cargo-profile "$1"; }

# bundle PROFILE: the same, and the service worker told what to keep, so that it works without a network.
bundle() { build_page "$1" && build_server && "$server" precache --dir dist; }

# npm's package is the wasm-opt to have: the one of Debian 12 ends without an error and breaks the module.
need_wasm_opt() {
  local folder="$tools/binaryen-$binaryen_version"
  if ! has npm; then
    has apt-get && as_root apt-get update -qq && as_root apt-get install -y -qq nodejs npm >/dev/null ||
      stop "The smallest bundle needs npm, for wasm-opt. Install Node.js (Debian: sudo apt-get install nodejs npm) and start again."
  fi
  if ! [ -x "$folder/node_modules/.bin/wasm-opt" ]; then
    step "Installing wasm-opt $binaryen_version" "10 seconds, once" \
      npm install --silent --no-audit --no-fund --prefix "$folder" "binaryen@$binaryen_version" ||
      not_had "wasm-opt $binaryen_version"
  fi
  export PATH="$folder/node_modules/.bin:$PATH"
}

# As root, or by sudo where it asks for no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# The smallest bundle. Only the page goes through wasm-opt: it made the workers, which are mostly hot loops, no smaller once
# they are compressed. The profile strips the list of features that the code uses, so wasm-opt is told.
bundle_dist() {
  local features="--enable-bulk-memory --enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int"
  # A function that is called once stays a function: inlined, it compresses worse.
  features+=" --enable-reference-types --enable-sign-ext --enable-simd --one-caller-inline-max-function-size=0"
  sed "/data-bin=\"app\"/s/data-wasm-opt=\"0\"/data-cargo-profile=\"page\" data-wasm-opt=\"z\" data-wasm-opt-params=\"$features\"/" \
    index.html >index.dist.html
  trap 'rm -f index.dist.html' EXIT
  trunk build --quiet --offline true --cargo-profile dist --html-output index.html index.dist.html || return
  rm -f index.dist.html
  build_server && "$server" precache --dir dist
}

# The command line without Burn: it serves and lists, and is built in a minute instead of ten.
server="$CARGO_TARGET_DIR/debug/headstart"
build_server() { cargo build --quiet --locked --no-default-features --bin headstart; }
