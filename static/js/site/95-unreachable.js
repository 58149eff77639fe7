// A fragment that did not come, or an error that is not ours (a proxy's): what is shown stays, and we say so.
{
  const say = () => {
    const notices = document.getElementById("notices");
    const words = document.getElementById("unreachable");
    if (notices && words) notices.replaceChildren(words.content.cloneNode(true));
  };
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.status < 500 || ctx.hx.retarget) return;
    event.preventDefault();
    if (ctx.sourceElement.matches("form, button, a[href]")) say();
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx?.sourceElement?.matches("form, button, a[href]")) say();
  });
}
