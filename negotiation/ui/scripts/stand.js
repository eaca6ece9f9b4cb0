// Where the focus goes when what was pressed is gone (both for pages of one person and for a class).
const STANDING = ".st-key-standing", TITLE = '[data-testid="stMainBlockContainer"] :is(h2, h3)';
const ROOM = "4.5rem";           // that the bar above a page takes
const drawn = () => document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-script-state") !== "running";
// The cards around a part of the page, the innermost first.
function cards(place) {
  if (!place) return [];
  const names = [...(place.classList ?? [])].filter((name) => name.startsWith("st-key-card-"));
  return [...names, ...cards(place.parentElement ?? place.getRootNode()?.host)];
}
// The focus goes to what was around, and the page stays where it is. If that is gone too, as the papers of a table that is
// signed, others stand in its place: the page is read from where it says so. Whether the focus has found a place.
function stood(trail) {
  if (document.activeElement !== document.body || !drawn()) return false;
  const around = trail.map((name) => document.querySelector(`.${name}`)).find(Boolean);
  const place = around ?? document.querySelector(STANDING) ?? document.querySelector(TITLE);
  if (!place) return false;
  place.tabIndex = -1;
  place.style.outline = "none";
  place.style.scrollMarginTop = ROOM;
  place.focus({ preventScroll: true });
  if (!around && trail.length) place.scrollIntoView();
  return true;
}
