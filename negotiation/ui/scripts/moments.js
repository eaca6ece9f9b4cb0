// What happened, told once: read out, with two notes for a signature if one likes, and gone when closed or after a while.
const MARKS = { signed: "✓", abandoned: "✕", left: "→", withdrawn: "↩", fact: "i", rumour: "?", fiction: "✎" };
const SOUND = "negotiation-sound", LEAST = 9000, EACH = 70;     // milliseconds, in all and for each letter
const gone = window.negotiationMoments ??= new Set();           // told on this page and closed, or heard
const kept = () => { try { return localStorage.getItem(SOUND) === "on"; } catch { return false; } };
const keep = (on) => { try { localStorage.setItem(SOUND, on ? "on" : "off"); } catch { /* not remembered here */ } };
function notes() {
  try {
    const audio = new AudioContext();
    [[523, 0], [784, 0.16]].forEach(([tone, at]) => {
      const voice = audio.createOscillator(), volume = audio.createGain();
      voice.frequency.value = tone;
      volume.gain.setValueAtTime(0.11, audio.currentTime + at);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.35);
      voice.connect(volume).connect(audio.destination);
      voice.start(audio.currentTime + at); voice.stop(audio.currentTime + at + 0.36);
    });
    setTimeout(() => audio.close(), 1200);
  } catch { /* no sound here */ }
}
function line({ kind, text }) {
  const made = document.createElement("p"), mark = document.createElement("i"), words = document.createElement("span");
  made.className = kind;
  mark.textContent = MARKS[kind]; mark.ariaHidden = "true";
  words.textContent = text; words.dir = "auto";
  made.append(mark, words);
  return made;
}
function press(text, css, act) {
  const made = document.createElement("button");
  made.type = "button"; made.className = css; made.textContent = text; made.onclick = () => act(made);
  return made;
}
function foot(close, told) {
  const made = document.createElement("footer"), said = () => told[kept() ? "sound on" : "sound off"];
  made.append(press(said(), "", (button) => { keep(!kept()); button.textContent = said(); if (kept()) notes(); }), press(told.close, "close", close));
  return made;
}
export default ({ data, parentElement }) => {
  const box = parentElement.querySelector("[role=status]"), name = ({ id }) => `${data.game} ${id}`;
  const told = data.moments.filter((one) => !gone.has(name(one))), all = told.map(name).join("|");
  const focused = () => box.getRootNode().activeElement?.closest?.("[role=status]") === box;
  const close = () => { clearTimeout(box.timer); told.forEach((one) => gone.add(name(one))); box.all = ""; box.replaceChildren(); };
  const wait = () => { clearTimeout(box.timer); box.timer = setTimeout(() => box.matches(":hover") || focused() ? wait() : close(), LEAST + EACH * box.textContent.length); };
  const escaped = (event) => { if (event.key === "Escape" && box.firstChild && focused()) close(); };
  document.addEventListener("keydown", escaped);
  if ((box.all ?? "") !== all || (all && box.language !== data.told.language)) {
    const fresh = told.filter((one) => !(box.all ?? "").split("|").includes(name(one)));
    box.all = all;
    box.language = data.told.language;
    box.replaceChildren(...told.map(line), ...(told.length ? [foot(close, data.told)] : []));
    box.className = [told.some(({ kind }) => kind === "signed") && "good", fresh.length && "fresh"].filter(Boolean).join(" ");
    if (fresh.some(({ kind }) => kind === "signed") && kept()) notes();
    if (told.length) wait();
  }
  return () => document.removeEventListener("keydown", escaped);
};
