// The map: what is new on it moves once, however often the page is drawn again; a table is chosen by its button.
const known = window.negotiationMaps ??= new Map();
const STANDS = 2000;             // milliseconds after a movement until all stands still
export default ({ data, key, parentElement, setTriggerValue }) => {
  const map = parentElement.querySelector(".map");
  if (map.drawn !== data.html) {
    const had = map.getRootNode().activeElement?.closest?.("[data-table]")?.dataset.table;
    const before = known.get(key), moved = before && before.since <= data.since ? before.moved : new Set();
    map.innerHTML = map.drawn = data.html;
    const all = [...map.querySelectorAll("[data-new]")], name = (one) => one.dataset.new;
    all.filter((one) => moved.has(name(one))).forEach((one) => one.classList.remove("moves", "stamps"));
    map.classList.toggle("still", all.every((one) => moved.has(name(one))));
    all.forEach((one) => moved.add(name(one)));
    known.set(key, { since: data.since, moved });
    clearTimeout(map.moved);
    if (had) [...map.querySelectorAll(`[data-table="${had}"]`)].find((button) => button.offsetParent)?.focus();
  }
  // What has moved stands still from then on, also when it was out of sight for a while, as behind a tab.
  map.onanimationend = () => {
    clearTimeout(map.moved);
    map.moved = setTimeout(() => map.classList.add("still"), STANDS);
  };
  map.onclick = ({ target }) => { if (target.dataset?.table) setTriggerValue("table", target.dataset.table); };
};
