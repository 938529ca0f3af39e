// Classic script that blocks rendering: the page is painted once, in the chosen theme.
(() => {
  const root = document.documentElement;
  root.dataset.script = "on";
  /** @param {string} key */
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off in this browser
    }
  };
  const theme = kept("theme");
  if (theme === "light") root.dataset.theme = "waypost";
  if (theme === "dark") root.dataset.theme = "waypost-dark";
  if (kept("sidebar") === "folded") root.dataset.sidebar = "folded";
})();
