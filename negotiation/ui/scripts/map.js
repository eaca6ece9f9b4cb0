// The map: what is new on it moves once, however often the page is drawn again; a table is chosen by its button.
const shown = window.negotiationMaps ??= new Map();
export default ({ data, key, parentElement, setTriggerValue }) => {
  const map = parentElement.querySelector(".map");
  if (map.drawn !== data.html) {
    const had = map.getRootNode().activeElement?.closest?.("[data-table]")?.dataset.table;
    map.classList.toggle("still", shown.get(key) === data.html);
    map.innerHTML = map.drawn = data.html;
    if (had) [...map.querySelectorAll(`[data-table="${had}"]`)].find((button) => button.offsetParent)?.focus();
    shown.set(key, data.html);
  }
  // What has moved stands still from then on, also when it was out of sight for a while, as behind a tab.
  map.onanimationend = () => {
    clearTimeout(map.moved);
    map.moved = setTimeout(() => map.classList.add("still"), 2000);
  };
  map.onclick = ({ target }) => { if (target.dataset?.table) setTriggerValue("table", target.dataset.table); };
};
