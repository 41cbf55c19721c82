// The page's side of the service worker (sw.js). It tells the page what it knows in words on <html data-offline>, each time
// with an event `headstart:offline`; src/web/offline.rs reads them:
//   kept    this version is on the device, and starts without a network
//   update  a new version is ready
//   tabs    it cannot be used yet: another tab has this one open
//   unruled nothing enforces the policy here: the host sends none, and the browser has no service worker
const html = document.documentElement;
const address = (name) => new URL(name, document.baseURI).href;

// Looked for again at most so often while the page stays open, milliseconds. The browser looks itself when a page is loaded.
const LOOK_EVERY = 3_600_000;
// A page is loaded again for the policy's sake once. Should that not help, it starts without.
const ONCE = "headstart.for-the-policy";
// A service worker that is not there after so many milliseconds did not start.
const PATIENCE = 10_000;

const words = new Set();

function tell(word) {
  words.add(word);
  html.dataset.offline = [...words].join(" ");
  dispatchEvent(new Event("headstart:offline"));
}

async function register() {
  const serviceWorker = navigator.serviceWorker; // absent in some private windows, and without HTTPS
  if (!serviceWorker || !html.dataset.version) return null;
  await serviceWorker.register(address("sw.js"), { updateViaCache: "none" });
  return serviceWorker.ready;
}

// Gives a worker an order and waits for its word.
function ask(worker, ...order) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    worker.postMessage(order, [port2]);
  });
}

/** Keeps this version on the device, and looks out for the next. */
export async function keep() {
  const registration = await register();
  if (!registration) return;
  if (!words.has("unruled")) sessionStorage.removeItem(ONCE);
  const look = () => registration.waiting && tell("update");
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
  let looked = performance.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || performance.now() - looked < LOOK_EVERY) return;
    looked = performance.now();
    registration.update().catch(() => {}); // without a network there is nothing new
  });
  addEventListener("headstart:update", () => use(registration));
  const word = await ask(registration.active, "keep", html.dataset.version);
  if (word === "kept") tell("kept");
  else if (word === "other") tell("update");
}

async function use({ waiting }) {
  if (!waiting) return location.reload(); // the host is a version ahead, and nothing is kept yet
  waiting.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
  if ((await ask(waiting, "use")) === "tabs") tell("tabs");
}

/** Loads the page again through the service worker, which puts the policy on it; false where there is none. */
export async function rule() {
  try {
    const impatient = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
    if (!sessionStorage.getItem(ONCE) && (await Promise.race([register(), impatient]))) {
      sessionStorage.setItem(ONCE, "yes");
      location.reload();
      return true;
    }
  } catch (error) {
    console.warn(error);
  }
  tell("unruled");
  return false;
}
