// The order beside the form is folded on phones only; browsers that cannot do this by style sheet are helped.
{
  const wide = matchMedia("(width >= 60rem)");
  const unfold = () => document.querySelectorAll("details[data-unfold-wide]").forEach((details) => { if (wide.matches) details.open = true; });
  wide.addEventListener("change", unfold);
  document.addEventListener("htmx:after:swap", unfold);
  unfold();
}
