// The language of a page: said to those who are read to, chosen in a list of its own, and kept by the browser.
export default ({ data, parentElement, setTriggerValue }) => {
  document.documentElement.lang = data.now;
  const keep = (code) => { document.cookie = `${data.cookie}=${code};path=/;max-age=${data.seconds};samesite=lax`; };
  const list = parentElement.querySelector("select");
  list.setAttribute("aria-label", data.label);
  if (!list.options.length) {
    for (const [code, name] of data.languages) list.add(Object.assign(new Option(name, code), { lang: code }));
  }
  list.value = data.now;
  list.onchange = () => { keep(list.value); setTriggerValue("code", list.value); };
};
