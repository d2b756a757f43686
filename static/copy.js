// Makes the copy buttons of citations work; without it the text is selected by one click.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector(`[data-copy-source="${button.dataset.copy}"]`);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    const status = document.querySelector(".copy-status");
    if (status) status.textContent = status.dataset.copied;
  });
}
