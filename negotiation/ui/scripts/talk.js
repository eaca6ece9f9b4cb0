// ---- the conversation
const NARROW = matchMedia("(max-width: 760px)");
const drawer = () => [...parts.values()].some((part) => part.drawer?.());

const draft = { text: sessionStorage.getItem(DRAFT) ?? "", to: null, open: false };
sessionStorage.removeItem(DRAFT);
const PATIENT = 2000;            // so long a text waits to be read by the server; then it is sent unread

// What somebody said, in the direction of its script.
function spoken(text) {
  const made = node("div", "text", text);
  made.dir = "auto";
  return made;
}
// What was understood of the text in the line, if the answer is about this text: a chip for every move, to be taken away.
function understood(made, text) {
  const read = now.read?.text === text ? now.read : null;
  if (made.shown === read) return;
  made.shown = read;
  const chips = (read?.chips ?? []).map(([told, moves]) => {
    const chip = node("button", "move", told);
    chip.type = "button";
    chip.moves = moves;
    chip.setAttribute("aria-pressed", "true");
    chip.onclick = () => chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    return chip;
  });
  const rest = read && (chips.length || read.left.length) ? [...read.missed.map((part) => worded("plain", { words: part })), ...read.left.map((part) => worded("no move", { why: part }))] : [];
  made.meant.replaceChildren(...(chips.length ? [node("span", "", worded("understood"))] : []), ...chips, ...rest.map((part) => node("div", "rest", part)));
}
const kept = (made) => [...made.meant.querySelectorAll("[aria-pressed=true]")].map((chip) => chip.moves).join("; ");

const THINKING = 5000;           // so long at most the page says that agents are thinking about what was said

function bubble(line, data) {
  const colour = (made) => { made.style.setProperty("--c", data.colours[line.who] ?? "var(--st-primary-color)"); return made; };
  const called = line.who !== data.me || !data.me ? data.names[line.who] ?? worded("mediator") : line.mine ? worded("You") : line.by ? worded("for your seat", { who: line.by }) : worded("agent for your seat");
  if (MARKS.has(line.k)) return node("div", `mark ${line.k}`, line.text);
  if (line.k === "teacher") {
    const made = node("div", "say teacher");
    made.append(node("small", "", worded(line.you ? "to you" : "to everybody", { who: line.name })), spoken(line.text));
    return made;
  }
  const made = colour(node("div", `say ${own(line) ? "mine" : ""} ${line.k}`));
  const head = node("small", "", "");
  if (line.k === "private") {
    const to = line.to.map((party) => party === "@teacher" ? worded("the teacher") : party !== data.me ? data.names[party] ?? party : line.who === data.me ? worded("your team") : worded("you")).join(", ");
    head.textContent = worded("only to", { who: line.to.includes(data.me) && line.by ? line.by : called, whom: to });
  } else head.textContent = called;
  made.append(head);
  if (line.text) made.append(spoken(line.text));
  if (line.terms?.length) {
    const more = node("details"), terms = node("div", "terms");
    more.append(node("summary", "", line.did), terms);
    for (const [issue, option] of line.terms) { const row = node("div"); row.append(node("span", "dim", `${issue}: `), option); terms.append(row); }
    made.append(more);
  } else if (line.did) made.append(node("div", "did", line.did));
  return made;
}

export function talk({ data, parentElement }) {
  Object.assign(texts, data.told);
  const part = enter(parentElement, () => {
    dressed(parentElement);
    const made = { seat: true, count: 0, turn: -1, going: null };
    const box = node("section", "talk"), head = node("div", "head"), lines = node("div", "lines"), pending = node("div", "pending");
    const form = node("form"), to = node("select"), text = node("textarea"), send = node("button", "send"), close = node("button", "close"), heading = node("h2");
    const open = node("button", "open"), hint = node("div", "hint"), much = node("div", "why");
    const meant = made.meant = node("div", "meant");
    head.append(heading, close);
    lines.setAttribute("role", "log"); lines.tabIndex = 0;
    const labelled = () => {     // anew when the page changes its language, and so are all lines
      [send.textContent, close.textContent, heading.textContent] = [worded("send"), worded("close"), worded("conversation")];
      for (const [one, name] of [[box, "conversation"], [lines, "log"], [to, "hears"], [text, "line"]]) one.setAttribute("aria-label", worded(name));
      made.language = texts.language;
      made.turn = -1;
    };
    text.rows = 1; text.enterKeyHint = "send";
    close.type = open.type = "button";
    much.setAttribute("role", "status");
    meant.setAttribute("role", "status");
    text.dir = "auto";
    text.value = draft.text;     // what was begun in a page that has been drawn anew since
    form.append(to, text, send, much);
    lines.append(pending);
    box.append(head, lines, hint, meant, form);
    parentElement.append(box, open);
    made.drawer = () => NARROW.matches && (made.data?.tab ? document.documentElement.dataset.tab !== "talk" : !box.classList.contains("shown"));
    open.onclick = () => { box.classList.add("shown"); unread = 0; name(); draw(); lines.scrollTop = lines.scrollHeight; };
    document.addEventListener("negotiationpart", () => { if (box.isConnected && made.data?.tab && NARROW.matches && !made.drawer()) { unread = 0; name(); draw(); lines.scrollTop = lines.scrollHeight; } });
    close.onclick = () => { box.classList.remove("shown"); draw(); open.focus(); };
    const over = () => {         // said, and never cut off: people paste
      const count = [...text.value.trim()].length;
      much.textContent = count > LONGEST ? worded("too long", { n: figure(count), most: figure(LONGEST) }) : "";
      return send.disabled = count > LONGEST;
    };
    made.typed = () => text.value.trim();
    // Words to the table and to other parties are acts of the game, which mean something; those to one's team or the teacher do not.
    const readable = () => now.online && now.may.table && ![made.data.me, "@teacher"].includes(to.value);
    const tell = (said, moves) => {
      made.going = null;         // before the post, which draws
      text.value = draft.text = "";
      text.style.height = "";
      const whom = to.value ? [to.value] : [];
      post(moves ? { t: "act", act: { kind: "say", text: said, to: whom, moves }, basis: null } : { t: "say", text: said, to: whom });
      lines.scrollTop = lines.scrollHeight;
    };
    // Enter has a text read; what is understood of it is shown, and sent by the next Enter. Plain words, and courtesies, are
    // sent at once.
    made.decide = () => {
      if (made.going === null) return;
      const read = now.read?.text === made.going.said ? now.read : null;
      if (made.going.said !== made.typed() || (read && !read.sure)) made.going = null;
      else if (read || Date.now() > made.going.until) tell(made.going.said, read ? read.chips.map(([, moves]) => moves).join("; ") : "");
    };
    const go = () => {
      const said = made.typed();
      if (!said || over()) return;
      if (!readable() || now.read?.text === said) { tell(said, readable() ? kept(made) : ""); draw(); return; }
      if (made.going?.said === said) return;
      made.going = { said, until: Date.now() + PATIENT };
      setTimeout(draw, PATIENT + 50);
      say({ t: "read", text: said });
    };
    form.onsubmit = (event) => { event.preventDefault(); go(); };
    text.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); go(); }
    };
    text.onfocus = () => { draft.open = true; };
    text.onblur = () => setTimeout(() => { if (text.isConnected) draft.open = false; });
    text.oninput = () => { draft.text = text.value; over(); made.draw(); text.style.height = ""; text.style.height = `${Math.min(text.scrollHeight + 2, 130)}px`; };
    over();
    made.draw = () => {
      const data = made.data;
      if (made.language !== texts.language) labelled();
      box.classList.toggle("tab", data.tab);
      open.hidden = data.tab;
      if (data.tab) document.documentElement.dataset.unread = unread || "";
      const low = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60;
      if (made.turn !== now.turn) { while (lines.firstChild !== pending) lines.firstChild.remove(); made.count = 0; made.turn = now.turn; }
      for (; made.count < now.lines.length; made.count++) lines.insertBefore(bubble(now.lines[made.count], data), pending);
      made.decide();
      understood(made, readable() ? made.typed() : "");
      pending.replaceChildren(...[...outbox].filter(([, one]) => words(one.message)).map(([key, one]) => {
        const line = node("div", `say mine ${one.state}`);
        line.append(node("small", "", worded(`is ${one.state}`)), spoken(words(one.message)));
        if (one.state === "refused") {
          const again = node("button", "again", worded("dismiss"));
          again.type = "button";
          again.onclick = () => { if (!text.value) text.value = draft.text = words(one.message); over(); outbox.delete(key); draw(); };
          line.append(node("div", "why", one.why), again);
        }
        return line;
      }));
      const rest = data.thinks && !now.may.people ? now.spoke + THINKING - Date.now() : 0;
      if (rest > 0) { pending.append(node("div", "mark", worded("thinking"))); clearTimeout(made.thought); made.thought = setTimeout(draw, rest + 50); }
      const choices = [...(now.may.table ? [["", worded("to table")]] : []),
        ...now.may.to.map((party) => [party, party === "@teacher" ? worded("to teacher") : party === data.me ? worded("to team") : worded("to one", { party: data.names[party] ?? party })])];
      if (to.dataset.of !== JSON.stringify(choices)) {
        const chosen = to.dataset.of ? to.value : draft.to ?? to.value;
        to.replaceChildren(...choices.map(([value, label]) => { const option = node("option", "", label); option.value = value; return option; }));
        if (choices.some(([value]) => value === chosen)) to.value = chosen;
        to.dataset.of = JSON.stringify(choices);
      }
      form.hidden = !choices.length;
      const offline = now.online ? "" : `${unsent() ? worded("line lost with", { n: unsent() }) : worded("line lost")} `;
      hint.textContent = offline + (choices.length ? (!now.may.people ? worded("agents") : now.may.table ? "" : worded("table later")) : worded("read only"));
      hint.hidden = !hint.textContent;
      text.placeholder = to.value === data.me && data.me ? worded("invites team") : to.value ? worded("invites one") : worded("invites");
      open.textContent = unread ? worded("talk new", { n: unread }) : worded("talk");
      open.classList.toggle("new", unread > 0);
      if (low) lines.scrollTop = lines.scrollHeight;
    };
    to.onchange = () => { draft.to = to.value; draw(); };
    setTimeout(() => { lines.scrollTop = lines.scrollHeight; if (draft.open) text.focus({ preventScroll: true }); }, 50);
    return made;
  });
  part.data = data;
  ask();
  part.draw();
  return () => leave(parentElement);
}

