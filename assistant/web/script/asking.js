/* What this browser keeps, what goes to and from Python, and asking. The files of this folder are one script. */
const $ = (query, root = document) => root.querySelector(query);
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const body = () => document.body;
const phone = () => matchMedia("(max-width: 900px)").matches;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/* --- what this browser keeps --------------------------------------------------------------- */
const store = {
  get(key, or) {
    try { const text = localStorage.getItem("report-assistant." + key); return text === null ? or : JSON.parse(text); }
    catch { return or; }
  },
  set(key, value) {
    const write = () => localStorage.setItem("report-assistant." + key, JSON.stringify(value));
    try { write(); } catch {
      const oldest = state.chats.filter(c => c.id !== state.chat).sort((a, b) => a.at - b.at)[0];
      if (!oldest) return;
      forget(oldest.id);
      store.set(key, value);
    }
  },
  drop(key) { try { localStorage.removeItem("report-assistant." + key); } catch { /* private mode keeps nothing */ } },
};
const state = {
  trigger: null, language: store.get("language", null), chats: [], chat: null, turns: [], busy: false, editing: null,
  place: null, from: null, compared: null, deleted: null, focused: null, matrix: null, view: "ask", awake: false, found: [], foundAt: -1,
  ticket: 0, drawn: 0, /* the last request for the reader, and the last that is shown */
};
const say = key => (window.reportWords[key] || {})[state.language || "zh-Hans"] || "";
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
const readIndex = () => store.get("chats", []).filter(c => c && typeof c.id === "string");
function loadChat(id) {
  state.chat = id;
  state.turns = store.get("chat." + id, { turns: [] }).turns || [];
  store.set("current", id);
  body().dataset.chat = state.turns.length ? "full" : "empty";
}
function saveChat() {
  state.chats = readIndex();
  let entry = state.chats.find(c => c.id === state.chat);
  if (!entry) { entry = { id: state.chat, name: "", at: 0 }; state.chats.push(entry); }
  entry.at = Date.now();
  if (!entry.name && state.turns.length) entry.name = state.turns[0].question.slice(0, 40);
  store.set("chat." + state.chat, { turns: state.turns });
  store.set("chats", state.chats);
}
function forget(id) {
  store.drop("chat." + id);
  state.chats = readIndex().filter(c => c.id !== id);
  store.set("chats", state.chats);
}
const bare = turns => turns.map(({ question, context, answer, trouble, rating }) => ({ question, context: context ?? null, answer: answer ?? null, trouble: trouble ?? null, rating: rating ?? null }));

/* --- to and from Python -------------------------------------------------------------------- */
function tell(name, data) { if (state.trigger) state.trigger(name, { language: state.language, ...data }); }
function connect({ trigger }) {
  state.trigger = trigger;
  const id = store.get("current", null);
  state.chats = readIndex();
  loadChat(id && state.chats.some(c => c.id === id) ? id : newId());
  const query = new URLSearchParams(location.search);
  if (query.get("report")) state.place = placeOf(location.search);
  body().dataset.view = "ask";
  body().dataset.reader = state.place ? "open" : "idle";
  applyTheme(store.get("theme", null));
  wake();
}
function wake(tries = 0) {
  tell("wake", { languages: [...(navigator.languages || [])] });
  stale();
  if (!state.awake && tries < 20) setTimeout(() => { if (!state.awake) wake(tries + 1); }, 400 * (tries + 1));
}
function look() { tell("look", {}); stale(); }
const show = () => { body().dataset.chat = state.turns.length ? "full" : "empty"; tell("show", { turns: bare(state.turns) }); };
/* Chat and reader in the language of the page. */
function inWords() {
  if (state.turns.length && !state.busy) show();
  drawReader();
}
/* A chat that comes back is read on from its last question. */
function toLast(tries = 40) {
  const shown = $$("#ra-chat .q").length;
  if (shown && shown === state.turns.length) requestAnimationFrame(lastToTop);
  else if (state.turns.length && tries) setTimeout(() => toLast(tries - 1), 50);
}
function dressed() {
  const top = $("#ra-header header.top");
  if (!top) return;
  state.language = top.lang;
  if (!state.awake) { inWords(); toLast(); draft(); }
  state.awake = true;
  document.documentElement.lang = top.lang;
  document.title = $("h1", top).textContent;
  body().style.setProperty("--drop-here", JSON.stringify(say("library.here")));
  body().style.setProperty("--drop-now", JSON.stringify(say("library.now")));
  body().style.setProperty("--compare-busy", JSON.stringify(say("compare.waiting")));
  body().style.setProperty("--drop-busy", JSON.stringify(say("library.busy")));
  body().dataset.ready = "1";
  go(state.view, false);
  label();
  refocus("#ra-header");
  const starting = !!$("#ra-header [data-starting]");
  if (starting) setTimeout(look, 1000);
  if (starting || state.starting) {
    if (!starting || state.view === "library") tell("shelve", {}); /* a large table is not drawn each second unseen */
    if (body().dataset.reader === "idle") drawReader();
  }
  state.starting = starting;
}
/* Names for parts of the chat component that it leaves without one, or names by their markup. */
function label() {
  const box = $("#ra-box textarea");
  if (box) box.setAttribute("aria-label", say("chat.question"));
  const send = $("#ra-box .submit-button");
  if (send) { send.setAttribute("aria-label", say("chat.send")); send.title = say("chat.send"); }
  $$(MISNAMED).forEach(quiet);
  $$(LOG).forEach(nameLog);
}
const MISNAMED = "[data-testid=bot], [data-testid=user], #ra-files .upload-container";
const TOLD = "[data-testid=toast-body].error";
const LOG = "#ra-chat [role=log]"; /* made anew by the component with each chat that begins */
function nameLog(log) {
  const name = say("chat.label");
  if (log.getAttribute("aria-label") !== name) log.setAttribute("aria-label", name);
  log.tabIndex = 0;
}
const quiet = node => node.removeAttribute("aria-label");

/* --- asking -------------------------------------------------------------------------------- */
function send(text) {
  const question = (text || "").trim();
  if (!question || state.busy) return text;
  const upto = state.editing === null ? state.turns.length : state.editing;
  ask(question, upto);
  draft("");
  return "";
}
function unedit() { state.editing = null; $(".toast.editing")?.remove(); }
function ask(question, upto = state.turns.length, context = null) {
  if (state.busy || !question.trim()) return;
  unedit();
  go("ask");
  const before = state.turns.slice(0, upto);
  state.turns = [...before, { question, context }];
  saveChat();
  busy(true);
  body().dataset.chat = "full";
  state.top = true;
  tell("ask", { question, chat: state.chat, turns: bare(before), context });
}
function keep(told) {
  if (!told || !told.chat) return;
  if (told.chat === state.chat) {
    state.turns = [...state.turns.slice(0, told.n), { ...told.turn, plain: told.plain }];
    if (told.done) saveChat();
    if (state.top) { state.top = false; requestAnimationFrame(lastToTop); }
  }
  if (told.done) { busy(false); setTimeout(mend, 300); }
}
/* A chat that was asked for before this answer may come after it. */
function mend() { if (!state.busy && $$("#ra-chat .q").length !== state.turns.length) show(); }
/* The new question goes to the top, so that its answer is read from its beginning. */
function lastToTop() {
  const asked = $$("#ra-chat .q").pop(), box = $("#ra-chat .bubble-wrap");
  if (asked && box) box.scrollTo({ top: box.scrollTop + asked.getBoundingClientRect().top - box.getBoundingClientRect().top - 16, behavior: "instant" });
}
function busy(on) { state.busy = on; body().dataset.busy = on ? "1" : ""; }
function stopped() {
  const last = state.turns[state.turns.length - 1];
  if (state.busy && last) { last.trouble = last.answer ? say("chat.stopped") : say("chat.interrupted"); saveChat(); }
  busy(false);
  setTimeout(show, 60);
}
/* What no answer came of for a reason that Python could not tell. */
function failed() {
  const last = state.turns[state.turns.length - 1];
  if (!state.busy || !last) return;
  last.trouble = say("toast.failed");
  saveChat();
  busy(false);
  setTimeout(show, 60);
}
/* What was begun to be written outlives a reload, which comes by itself after a restart of the server. */
function draft(text) {
  try {
    if (text !== undefined) { sessionStorage.setItem("report-assistant.draft", text); return; }
    const kept = sessionStorage.getItem("report-assistant.draft");
    if (kept && !$("#ra-box textarea")?.value) setBox(kept, false);
  } catch { /* private mode keeps nothing */ }
}
function setBox(text, focus = true) {
  const box = $("#ra-box textarea");
  if (!box) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (!focus) return;
  box.focus();
  box.setSelectionRange(text.length, text.length);
}
