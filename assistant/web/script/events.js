/* Which button, key and change does what. Part of one script, see asking.js.
   No markup is made here from reports or answers; what is shown of them Python has escaped already. */
/* --- what the buttons do ------------------------------------------------------------------- */
const change = what => id => tell("change", { what, id });
const actions = {
  ask: (_a, _b, button) => ask(button.textContent.trim()),
  edit: n => {
    state.editing = Number(n);
    setBox(state.turns[n].question);
    toast(say("chat.editing"), { label: say("cancel"), run: () => { unedit(); setBox(""); } }, true);
    $(".toast").classList.add("editing");
  },
  retry: n => { const turn = state.turns[n]; if (turn) ask(turn.question, Number(n), turn.context ?? null); },
  copy: n => copy((n < 0 ? null : state.turns[n]?.plain) || state.turns[n]?.answer?.text || state.compared?.text || ""),
  rate: (n, rating) => rate(Number(n), rating),
  drop: (n, what) => {
    const turn = state.turns[n], answer = turn.answer;
    const left = what === "cities" ? answer.carried_topic : answer.carried_cities.join("、");
    ask(turn.question, Number(n), left ? [left] : []);
  },
  go: view => go(view),
  speak: language => { state.language = language; store.set("language", language); wake(); inWords(); },
  theme: () => { const dark = !body().classList.contains("dark"); store.set("theme", dark ? "dark" : "light"); applyTheme(dark ? "dark" : "light"); },
  chats: chatsDialog, new: newChat,
  open: id => openPlace({ report: id, at: null, cites: [], view: "repaired" }),
  close: closeReader,
  step: by => step(Number(by)),
  view: view => {
    if (!state.place) return;
    if (root() && state.drawn === state.ticket) Object.assign(state.place, { at: spanOf(root().dataset.at), cites: citedKeys().map(spanOf) });
    state.place.view = view;
    drawReader();
  },
  drawer: name => drawer(name),
  jump: id => jump(id),
  found: by => nextFound(Number(by)),
  quote: () => { const text = quoteNow(); if (text) copy(text); else toast(say("reader.pick")); },
  link: () => copy(location.href),
  about: () => {
    const text = quoteNow();
    if (!text) { toast(say("reader.pick")); return; }
    go("ask");
    if (phone()) closeReader();
    setBox(`“${text.slice(0, 200)}” `);
  },
  topic: (_a, _b, button) => compare(button.dataset.topic),
  export: (form, n) => exportAnswer(form, n === undefined ? null : state.turns[n]),
  sort: column => sortBy(Number(column)),
  test: (what, _b, button) => {
    $$(".trial button").forEach(other => { other.disabled = true; });
    $("[role=status]", button.parentElement).textContent = say("settings.testing");
    tell("probe", { what });
  },
  clear: () => { $(".adding").hidden = true; $("#ra-library-view button")?.focus(); },
  ratings: () => tell("ratings", {}),
  correct, corrected, dismiss: () => $("#correct")?.close(),
  remove: change("remove"), restore: change("restore"), reread: change("reread"),
};
document.addEventListener("click", event => {
  if (event.button !== 0 || !event.target.closest) return;
  const link = event.target.closest('a[href^="?report="]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    event.stopPropagation();
    const place = placeOf(link.getAttribute("href"));
    const near = link.closest(".answer, .result");
    const mine = near ? $$('a[href^="?report="]', near).map(a => placeOf(a.getAttribute("href"))).filter(p => p.report === place.report && p.at) : [];
    place.cites = [...new Map(mine.map(p => [keyOf(p.at), p.at])).values()];
    openPlace(place, { from: link, keyboard: event.detail === 0 });
    return;
  }
  const button = event.target.closest('button[value^="do:"]');
  if (!button) return;
  event.preventDefault();
  const [, name, first, second] = button.value.split(":");
  if (actions[name]) actions[name](first, second, button);
}, true);
document.addEventListener("keydown", event => {
  const composing = event.isComposing || event.keyCode === 229;
  if (composing && event.target.closest?.("#ra-box")) { event.stopPropagation(); return; } /* Enter that picks a word is not Enter that sends */
  if (event.key === "Escape" && !$("dialog[open]")) {
    if (state.editing !== null && event.target.closest?.("#ra-box")) { unedit(); setBox(""); }
    else if (body().dataset.reader === "open") closeReader();
  }
  if (event.target.id === "reader-find" && event.key === "Enter") { event.preventDefault(); nextFound(event.shiftKey ? -1 : 1); }
  if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); go("ask"); $("#ra-box textarea")?.focus(); }
}, true);
document.addEventListener("input", event => {
  if (event.target.closest("#ra-box")) draft(event.target.value);
  if (event.target.id === "reader-find") find(event.target.value.trim());
  if (event.target.id === "lib-filter") { state.shelfFilter = event.target.value; filterRows($$(".lib-table tbody tr"), event.target.value); }
  if (event.target.id === "city-filter") filterRows($$(".cities .pick"), event.target.value);
  if (event.target.id === "topic-filter") filterRows($$(".matrix tbody tr"), event.target.value);
}, true);
/* What is selected in the reader can be copied and asked about; its foot says how much that is. */
document.addEventListener("selectionchange", () => {
  const where = $("#reader-where"), length = selected().length;
  if (!where) return;
  if (length) { where.dataset.place ??= where.textContent; where.textContent = say("reader.selected").replace("{n}", length); }
  else if (where.dataset.place !== undefined) { where.textContent = where.dataset.place; delete where.dataset.place; }
});
document.addEventListener("focusin", event => {
  const within = event.target.closest("#ra-header, #ra-compare-view, #ra-library-view, #ra-settings-view"), name = within && named(event.target);
  state.focused = name ? { within: "#" + within.id, name } : null;
});
document.addEventListener("change", event => { if (event.target.name === "city") compare(pickedTopic()); }, true);
addEventListener("storage", event => {
  if (event.key === "report-assistant.chat." + state.chat && !state.busy) { state.turns = store.get("chat." + state.chat, { turns: [] }).turns || []; show(); }
});
new MutationObserver(changes => {
  for (const change of changes) {
    if (change.type === "attributes") { if (change.target.hasAttribute("aria-label") && change.target.matches(MISNAMED)) quiet(change.target); if (change.target.matches(LOG)) nameLog(change.target); }
    else for (const node of change.addedNodes) if (node.nodeType === 1) {
      [node, ...$$(MISNAMED, node)].filter(n => n.matches(MISNAMED)).forEach(quiet);
      [node, ...$$(LOG, node)].filter(n => n.matches(LOG)).forEach(nameLog);
      [node, ...$$(TOLD, node)].filter(n => n.matches(TOLD)).forEach(n => retold(n.textContent));
    }
  }
}).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });

window.reports = { connect, wake, look, dressed, send, keep, take, stopped, failed, opened, shelved, compared, refocus };
