// Minutes that are being taken. Lines are kept in the browser until the server has saved them, and are sent in order;
// the token of a line keeps it from being saved twice. What others write is fetched while the page is open.
const EVERY = 1500, HIDDEN = 10_000, PATIENCE = 10_000, REFUSED = [200, 409, 422];
const form = document.getElementById("line");
const { updates, store } = document.getElementById("live").dataset;
let revision = document.getElementById("updates").dataset.revision, isSending = false, turn = 0;

const parse = ([name, line]) => (name.startsWith(store) ? [JSON.parse(line)] : []);
const lines = () => Object.entries(localStorage).flatMap(parse).sort((a, b) => a.at - b.at);
const keep = (line) => localStorage.setItem(store + line.fields.token, JSON.stringify(line));
const forget = (line) => localStorage.removeItem(store + line.fields.token);
const ask = (url, more) => fetch(url, { signal: AbortSignal.timeout(PATIENCE), ...more });

function show(id, kept, addTo = () => {}) {
  const section = document.getElementById(id);
  section.hidden = kept.length === 0;
  section.querySelector("[data-number]").textContent = kept.length;
  section.querySelector("ol").replaceChildren(...kept.map((line) => {
    const item = document.createElement("li");
    item.append(line.fields.text);
    addTo(item, line, section);
    return item;
  }));
}

// The line is sent once more as an ordinary form, so that its page can ask and explain.
function addCorrection(item, line, section) {
  const copy = section.querySelector("template").content.firstElementChild.cloneNode(true);
  const addField = ([name, value]) => copy.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  Object.entries(line.fields).forEach(addField);
  copy.addEventListener("submit", () => setTimeout(() => { forget(line); showAll(); }));
  item.append(copy);
}

function showAll() {
  show("unsent", lines().filter((line) => !line.isRefused));
  show("refused", lines().filter((line) => line.isRefused), addCorrection);
}

async function deliver(line) {
  const body = new URLSearchParams(line.fields);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await ask(form.action, { method: "POST", headers: { "HX-Request": "true" }, body });
  const leads = answer.headers.get("HX-Redirect");
  if (answer.redirected) return false; // signed out: the line stays
  if (answer.status === 204 || leads) forget(line);
  else if (REFUSED.includes(answer.status)) keep({ ...line, isRefused: true });
  else return false;
  if (leads) location.assign(leads);
  return true;
}

async function send() {
  if (!form || isSending) return;
  isSending = true;
  try {
    for (let line; (line = lines().find((each) => !each.isRefused)) && (await deliver(line)); );
  } catch { /* no connection: the next turn tries again */ }
  isSending = false;
  showAll();
}

function take(fresh) {
  const list = document.getElementById("lines"), current = document.getElementById("current_item");
  revision = fresh.dataset.revision;
  if ("whole" in fresh.dataset) list.replaceChildren();
  for (const row of [...fresh.querySelectorAll("#lines > li")].reverse()) {
    const known = document.getElementById(row.id);
    if ("gone" in row.dataset) known?.remove();
    else if (known) known.replaceWith(row);
    else list.prepend(row);
  }
  document.getElementById("now").replaceWith(fresh.querySelector("#now"));
  if (!form) return;
  if (current !== document.activeElement) current.value = fresh.dataset.item;
  const { text, speaker } = form.elements, item = document.getElementById("id_item"); // elements.item is a function
  // nothing changes while somebody types
  if (!text.value && !speaker.value && item !== document.activeElement) item.value = fresh.dataset.item;
}

async function go() {
  await send();
  const answer = await ask(updates.replace("/0/", `/${revision}/`)).catch(() => null);
  const page = answer?.status === 200 ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  if (page?.getElementById("updates")) take(page.getElementById("updates"));
  clearTimeout(turn);
  turn = setTimeout(go, document.hidden ? HIDDEN : EVERY);
}

form?.addEventListener("submit", (event) => {
  if (!crypto.randomUUID || form.elements.screened.value) return;
  const { csrfmiddlewaretoken, ...fields } = Object.fromEntries(new FormData(form));
  try { keep({ at: Date.now(), fields }); } catch { return; }
  event.preventDefault();
  form.elements.token.value = crypto.randomUUID();
  form.elements.text.value = form.elements.speaker.value = "";
  form.elements.text.focus();
  showAll();
  go();
});
window.addEventListener("online", go);
go();
