// Completions in search boxes (a W3C combobox with a list), copy buttons, and "/" to reach the box. Every page works without it.
"use strict";
(() => {
  const language = document.documentElement.lang;
  const words = document.currentScript.dataset;
  const live = document.getElementById("live");
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const box = document.getElementById("q");
  if (box) {
    const list = element("ul", "", { id: "completions", role: "listbox", "aria-label": words.completions });
    list.hidden = true;
    box.after(list);
    for (const [key, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "completions", autocomplete: "off",
    })) box.setAttribute(key, value);
    let typed = box.value, offered = [], active = -1, timer = 0, request = null;

    const choose = (index) => {
      active = index;
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === index));
      if (index < 0) box.removeAttribute("aria-activedescendant");
      else {
        box.setAttribute("aria-activedescendant", `completion-${index}`);
        list.children[index].scrollIntoView({ block: "nearest" });
      }
    };
    const show = (open) => {
      list.hidden = !open || !offered.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
    };
    const fill = (found) => {
      offered = found.slice(0, 8);
      list.replaceChildren(...offered.map((one, at) => {
        const item = element("li", one.text, { id: `completion-${at}`, role: "option", "aria-selected": "false" });
        item.append(element("span", `${words[one.kind] || ""} ${one.total.toLocaleString(language)}`));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(one.url); });
        return item;
      }));
      show(document.activeElement === box);
      live.textContent = offered.length ? `${offered.length} ${words.offered}` : "";
    };
    const ask = async () => {
      request?.abort();
      const text = typed.trim();
      if (text.length < 2) return fill([]);
      request = new AbortController();
      try {
        const answer = await fetch(`/api/v1/completions?q=${encodeURIComponent(text)}&lang=${language}`, { signal: request.signal });
        if (answer.ok) fill(await answer.json());
      } catch { /* cancelled, or the network is down: the box works as it is */ }
    };
    box.addEventListener("input", () => {
      typed = box.value;
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    box.addEventListener("blur", () => show(false));
    box.addEventListener("keydown", (event) => {
      const last = offered.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) return offered.length ? show(true) : ask();
        if (!event.altKey) choose(event.key === "ArrowDown" ? (active === last ? -1 : active + 1) : (active < 0 ? last : active - 1));
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      } else if (event.key === "Escape") {
        box.value = typed = "";
        fill([]);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.assign(offered[active].url);
      }
    });
    const single = localStorage.getItem("slash") !== "off";
    document.addEventListener("keydown", (event) => {
      if (!single || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
      event.preventDefault();
      box.focus();
      box.select();
    });
  }

  const slash = document.getElementById("slash");
  if (slash) {
    slash.closest("[hidden]").hidden = false;
    slash.checked = localStorage.getItem("slash") !== "off";
    slash.addEventListener("change", () => localStorage.setItem("slash", slash.checked ? "on" : "off"));
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      live.textContent = words.copied;
      button.textContent = words.copied;
    });
  }

  for (const form of document.forms) form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && field.value === "" && field.name !== "q") field.disabled = true;
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
})();
