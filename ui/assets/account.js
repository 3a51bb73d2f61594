// Sends the form for one's own password: the answer brings the cookie of a new session, which no event of a page can.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".yj-password");
  if (!form) return;
  event.preventDefault();
  const said = form.querySelector(".yj-done");
  const sent = new FormData(form);
  sent.append("language", form.dataset.language);
  let told = { error: form.dataset.failed };
  try {
    const response = await fetch("/account/password", { method: "POST", body: sent });
    told = await response.json();
  } catch (error) {
    told = { error: form.dataset.failed };
  }
  said.hidden = false;
  said.textContent = told.said || told.error;
  said.classList.toggle("yj-bad", Boolean(told.error));
  if (told.said) form.reset();
});
