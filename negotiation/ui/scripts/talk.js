// ---- the conversation
const NARROW = matchMedia("(max-width: 760px)");
const drawer = () => [...parts.values()].some((part) => part.drawer?.());

const draft = { text: sessionStorage.getItem(DRAFT) ?? "", to: null, open: false };
sessionStorage.removeItem(DRAFT);
const AGENTS = "Only agents sit opposite. They answer offers and signatures; what you write to the table none of them reads yet.";

function bubble(line, data) {
  const colour = (made) => { made.style.setProperty("--c", data.colours[line.who] ?? "var(--st-primary-color)"); return made; };
  const called = line.who !== data.me || !data.me ? data.names[line.who] ?? "The mediator" : line.mine ? "You" : `${line.by || "An agent"}, for your seat`;
  if (MARKS.has(line.k)) return node("div", `mark ${line.k}`, line.text);
  if (line.k === "teacher") {
    const made = node("div", "say teacher");
    made.append(node("small", "", line.you ? `${line.name}, to you` : `${line.name}, to everybody`), node("div", "text", line.text));
    return made;
  }
  const made = colour(node("div", `say ${own(line) ? "mine" : ""} ${line.k}`));
  const head = node("small", "", "");
  if (line.k === "private") {
    const to = line.to.map((party) => party === "@teacher" ? "the teacher" : party !== data.me ? data.names[party] ?? party : line.who === data.me ? "your team" : "you").join(", ");
    head.textContent = `${line.to.includes(data.me) && line.by ? line.by : called} to ${to} only`;
  } else head.textContent = called;
  made.append(head);
  if (line.text) made.append(node("div", "text", line.text));
  if (line.terms?.length) {
    const more = node("details"), terms = node("div", "terms");
    more.append(node("summary", "", line.did), terms);
    for (const [issue, option] of line.terms) { const row = node("div"); row.append(node("span", "dim", `${issue}: `), option); terms.append(row); }
    made.append(more);
  } else if (line.did) made.append(node("div", "did", line.did));
  return made;
}

export function talk({ data, parentElement }) {
  const part = enter(parentElement, () => {
    dressed(parentElement);
    const made = { seat: true, count: 0, turn: -1 };
    const box = node("section", "talk"), head = node("div", "head"), lines = node("div", "lines"), pending = node("div", "pending");
    const form = node("form"), to = node("select"), text = node("textarea"), send = node("button", "send", "Send"), close = node("button", "close", "Close");
    const open = node("button", "open"), hint = node("div", "hint"), much = node("div", "why");
    head.append(node("h4", "", "Conversation"), close);
    box.setAttribute("aria-label", "Conversation");
    lines.setAttribute("role", "log"); lines.tabIndex = 0; lines.setAttribute("aria-label", "What has been said");
    to.setAttribute("aria-label", "Who hears it"); text.setAttribute("aria-label", "What you say");
    text.rows = 1; text.enterKeyHint = "send";
    close.type = open.type = "button";
    much.setAttribute("role", "status");
    text.value = draft.text;     // what was begun in a page that has been drawn anew since
    form.append(to, text, send, much);
    lines.append(pending);
    box.append(head, lines, hint, form);
    parentElement.append(box, open);
    made.drawer = () => NARROW.matches && !box.classList.contains("shown");
    open.onclick = () => { box.classList.add("shown"); unread = 0; name(); draw(); lines.scrollTop = lines.scrollHeight; };
    close.onclick = () => { box.classList.remove("shown"); draw(); open.focus(); };
    const over = () => {         // said, and never cut off: people paste
      const count = [...text.value.trim()].length;
      much.textContent = count > LONGEST ? `${count.toLocaleString()} characters: at most ${LONGEST.toLocaleString()} can be sent. Shorten it, or send it in parts.` : "";
      return send.disabled = count > LONGEST;
    };
    made.typed = () => text.value.trim();
    const go = () => {
      const said = text.value.trim();
      if (!said || over()) return;
      post({ t: "say", text: said, to: to.value ? [to.value] : [] });
      text.value = draft.text = "";
      text.style.height = "";
      lines.scrollTop = lines.scrollHeight;
    };
    form.onsubmit = (event) => { event.preventDefault(); go(); };
    text.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); go(); }
    };
    text.onfocus = () => { draft.open = true; };
    text.onblur = () => setTimeout(() => { if (text.isConnected) draft.open = false; });
    text.oninput = () => { draft.text = text.value; over(); text.style.height = ""; text.style.height = `${Math.min(text.scrollHeight + 2, 130)}px`; };
    over();
    made.draw = () => {
      const data = made.data, low = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60;
      if (made.turn !== now.turn) { while (lines.firstChild !== pending) lines.firstChild.remove(); made.count = 0; made.turn = now.turn; }
      for (; made.count < now.lines.length; made.count++) lines.insertBefore(bubble(now.lines[made.count], data), pending);
      pending.replaceChildren(...[...outbox].filter(([, one]) => one.message.t === "say").map(([key, one]) => {
        const line = node("div", `say mine ${one.state}`);
        line.append(node("small", "", { unsent: "unsent", sent: "sending…", stored: "stored ✓", refused: "not taken" }[one.state]), node("div", "text", one.message.text));
        if (one.state === "refused") {
          const again = node("button", "again", "Dismiss");
          again.type = "button";
          again.onclick = () => { if (!text.value) text.value = draft.text = one.message.text; over(); outbox.delete(key); draw(); };
          line.append(node("div", "why", one.why), again);
        }
        return line;
      }));
      const choices = [...(now.may.table ? [["", "Everybody at the table"]] : []),
        ...now.may.to.map((party) => [party, party === "@teacher" ? "The teacher only" : party === data.me ? "My team only" : `${data.names[party] ?? party} only`])];
      if (to.dataset.of !== JSON.stringify(choices)) {
        const chosen = to.dataset.of ? to.value : draft.to ?? to.value;
        to.replaceChildren(...choices.map(([value, label]) => { const option = node("option", "", label); option.value = value; return option; }));
        if (choices.some(([value]) => value === chosen)) to.value = chosen;
        to.dataset.of = JSON.stringify(choices);
      }
      form.hidden = !choices.length;
      const offline = now.online ? "" : `Reconnecting${unsent() ? `, ${unsent()} unsent` : ""}. `;
      hint.textContent = offline + (choices.length ? (!now.may.people ? AGENTS : now.may.table ? "" : "The table itself opens when the talks begin.") : "Here you can read; nobody is to be spoken to now.");
      hint.hidden = !hint.textContent;
      text.placeholder = to.value === data.me && data.me ? "Only those who share your seat will read this…" : to.value ? "Only they will read this…" : now.may.people ? "Say something…" : "For the record…";
      open.textContent = unread ? `Talk · ${unread}` : "Talk";
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

