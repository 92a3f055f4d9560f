// Joins claims and evidence: selecting one lights up the other and brings it into view. Without this script the same
// links jump. Nothing is ever made from text: the script only adds classes, moves focus, and sets textContent.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (list) => (list || "").split(" ").filter(Boolean);

  const pane = byId("articles");
  const bar = byId("selection");
  const status = byId("selected");
  const heard = byId("heard"); // the quote itself, for those who listen
  const [previous, next, back, clear] = ["previous", "next", "back", "clear"].map(byId);
  const sideBySide = matchMedia("(min-width: 68rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  let chosen = null; // the claim or sentence selected
  let targets = []; // what lights up for it
  let at = 0; // which of them is in view
  let leader = null; // where focus returns to

  const claimLink = (claim) => claim && claim.querySelector("a.said");
  const evidenceOf = (claim) => words(claimLink(claim)?.dataset.evidence).map(byId).filter(Boolean);
  const claimsOf = (passage) => words(passage.querySelector("a.words")?.dataset.claims).map(byId).filter(Boolean);
  const isPassage = (element) => element.classList.contains("passage");

  function reveal(element) {
    const behavior = still.matches ? "instant" : "smooth";
    if (sideBySide.matches && pane.contains(element)) {
      const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      const covered = pane.firstElementChild.offsetHeight; // its head stays in place over the text
      pane.scrollTo({ top: pane.scrollTop + top - covered - (pane.clientHeight - covered) / 4, behavior });
    } else {
      element.scrollIntoView({ block: "start", behavior });
    }
  }

  function isInView(element) {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight * 0.8;
  }

  function nameOf(element) {
    if (!isPassage(element)) return claimLink(element)?.dataset.name || "";
    const [source, number] = element.id.split("-");
    const several = all(".article").length > 1;
    return (several ? "source " + source.slice(1) + ", " : "") + "sentence " + number;
  }

  function forget() {
    all(".chosen, .lit, .at").forEach((element) => element.classList.remove("chosen", "lit", "at"));
    all("[aria-current]").forEach((element) => element.removeAttribute("aria-current"));
    chosen = leader = null;
    targets = [];
    bar.hidden = true;
    status.textContent = heard.textContent = "";
  }

  // Lights up what belongs to `element`; moves nothing.
  function choose(element) {
    forget();
    chosen = element;
    leader = element.querySelector("a.said, a.words");
    targets = isPassage(element) ? claimsOf(element) : evidenceOf(element);
    at = 0;
    unfilter(isPassage(element) ? targets : [element]);
    element.classList.add("chosen");
    leader?.setAttribute("aria-current", "true");
    targets.forEach((target) => target.classList.add("lit"));
    all("[data-signal]").forEach((mark) => mark.classList.toggle("chosen", mark.dataset.signal === element.id));
    bar.hidden = false;
    tell();
  }

  function tell() {
    const target = targets[at];
    const name = nameOf(chosen);
    const place = targets.length > 1 ? " (" + (at + 1) + " of " + targets.length + ")" : "";
    status.textContent = name.charAt(0).toUpperCase() + name.slice(1) + (target ? " → " + nameOf(target) + place : "");
    heard.textContent = target ? ": " + target.querySelector(".words, .said").textContent.slice(0, 500) : "";
    targets.forEach((one) => one.classList.toggle("at", one === target));
    previous.disabled = next.disabled = targets.length < 2;
    back.hidden = !leader;
  }

  // Brings the target of that index into view; stacked, focus goes along, as else it would be left out of sight.
  function show(index) {
    if (!targets.length) return;
    at = (index + targets.length) % targets.length;
    tell();
    reveal(targets[at]);
    if (!sideBySide.matches) targets[at].querySelector("a.said, a.words")?.focus({ preventScroll: true });
  }

  function remember(id) {
    if (location.hash !== "#" + id) history.pushState(null, "", "#" + id);
  }

  function select(element, index) {
    choose(element);
    remember(element.id);
    show(index);
  }

  function follow(link) {
    if (link.matches(".said")) return select(link.closest("[id]"), 0);
    if (link.matches(".words")) return select(link.closest(".passage"), 0);
    if (link.matches(".cite")) {
      const claim = byId(link.dataset.claim);
      return select(claim, words(claimLink(claim).dataset.evidence).indexOf(link.hash.slice(1)));
    }
    if (link.matches(".refs a")) {
      const passage = byId(link.dataset.from);
      return select(passage, words(passage.querySelector("a.words").dataset.claims).indexOf(link.hash.slice(1)));
    }
    remember(link.hash.slice(1));
    restore();
    chosen.tabIndex = -1;
    return (leader || chosen).focus({ preventScroll: true });
  }

  // Links that select, and those that lead to something that can be selected.
  const live = "a.said, a.words, a.cite, .refs a";
  const selectable = ".claim, .passage, .actor";
  const leads = (link) => link && (link.matches(live) || byId(link.hash.slice(1))?.matches(selectable));

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    const mark = event.target.closest("[data-signal]");
    if (leads(link)) {
      event.preventDefault();
      follow(link);
    } else if (mark) {
      const signal = byId(mark.dataset.signal);
      select(signal, 0);
      reveal(signal);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches(live)) {
      event.preventDefault();
      event.target.click();
    } else if (event.key === "Escape" && chosen) {
      dismiss();
    }
  });

  function dismiss() {
    const link = leader;
    forget();
    history.replaceState(null, "", location.pathname + location.search);
    link?.focus({ preventScroll: isInView(link) });
  }

  previous.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  clear.addEventListener("click", dismiss);
  back.addEventListener("click", () => {
    reveal(chosen);
    leader.focus({ preventScroll: true });
  });

  // The address names the selection: on opening, on going back, and when a plain link is followed.
  function restore() {
    const element = byId(location.hash.slice(1));
    if (!element || !element.matches(selectable)) return forget();
    choose(element);
    reveal(element);
    if (sideBySide.matches && targets.length) reveal(targets[0]);
  }
  addEventListener("popstate", restore);
  addEventListener("hashchange", () => chosen?.id !== location.hash.slice(1) && restore());

  const filter = byId("filter");
  const signals = all("#signal-list > .signal");

  function apply() {
    const { direction, actor } = filter.elements;
    const fits = (signal) =>
      (!direction.value || signal.dataset.direction === direction.value) &&
      (!actor.value || words(signal.dataset.actors).includes(actor.value));
    signals.forEach((signal) => { signal.hidden = !fits(signal); });
    const count = signals.filter((signal) => !signal.hidden).length;
    byId("shown").textContent =
      count === signals.length ? "All " + count + " signals are shown." : count + " of " + signals.length + " signals are shown.";
  }

  // A selected signal is never hidden by the filter.
  function unfilter(elements) {
    if (filter && elements.some((element) => element.closest(".signal")?.hidden)) {
      filter.reset();
      apply();
    }
  }

  if (filter) {
    filter.hidden = false;
    filter.addEventListener("change", apply);
    filter.addEventListener("submit", (event) => event.preventDefault());
  }
  document.documentElement.classList.add("scripted");
  if (location.hash) restore();
})();
