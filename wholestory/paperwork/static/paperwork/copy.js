// A button that copies the text of a box. Without it (no script, no permission) the text is selected and copied by hand.

for (const place of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(place.dataset.copy);
  const said = place.querySelector("[role=status]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = "Copied";
    } catch {
      said.textContent = "It is selected: copy it with your keyboard or menu";
    }
  });
}
