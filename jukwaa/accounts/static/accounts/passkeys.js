// The browser's part of passkeys. Without script these forms stay hidden, and the mailed code does the same.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const problem = form.querySelector("[role=alert]");
  form.hidden = !window.PublicKeyCredential;

  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    problem.hidden = true;
    try {
      const answer = await fetch(form.dataset.begin, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      });
      const options = await answer.json();
      if (!answer.ok) throw new Error(options.problem);
      const credential = await window.webauthnJSON[form.dataset.passkey](options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      // What the browser says about passkeys is for programmers; what our server says is for people.
      problem.textContent = error.constructor === Error && error.message ? error.message : problem.dataset.problem;
      problem.hidden = false;
    }
  });
}
