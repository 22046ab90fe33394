// The theme's buttons that unfold a part of the list of pages have a sign and no name.
document.addEventListener("DOMContentLoaded", () => {
  for (const toggle of document.querySelectorAll("summary:has(> .toctree-toggle)")) {
    const page = toggle.closest("li")?.querySelector("a")?.textContent.trim();
    toggle.setAttribute("aria-label", `Pages of ${page}`);
  }
  // Hidden cells are named otherwise than what is read on them.
  for (const toggle of document.querySelectorAll("details.hide > summary")) {
    toggle.removeAttribute("aria-label");
  }
  // pandas leaves cells of a table's head empty, which name nothing.
  for (const empty of document.querySelectorAll("table.dataframe th:empty")) {
    empty.replaceWith(document.createElement("td"));
  }
});
