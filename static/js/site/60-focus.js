// What went wrong takes the focus once: when the page opens, and when it arrives in a fragment.
{
  const focusProblem = () => {
    const problem = document.querySelector("[data-focus]");
    if (!problem) return;
    problem.removeAttribute("data-focus");
    problem.focus();
  };
  document.addEventListener("htmx:after:swap", focusProblem);
  focusProblem();
}
