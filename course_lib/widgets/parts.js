// Names and values for a screen reader, which the front end's sliders do not give; and a
// line for everybody where no kernel listens.

function set(part, name, value) {
  if (part && value && part.getAttribute(name) !== value) part.setAttribute(name, value);
}

function speak(root, picture) {
  for (const slider of root.querySelectorAll(".widget-slider")) {
    const name = slider.querySelector(".widget-label")?.textContent;
    const readout = slider.querySelector(".widget-readout");
    const handle = slider.querySelector(".noUi-handle");
    set(handle, "aria-label", name);
    set(handle, "aria-valuetext", readout?.textContent);
    set(readout, "role", "textbox");
    set(readout, "aria-label", `${name}, to type`);
  }
  for (const choice of root.querySelectorAll(".widget-toggle-buttons")) {
    set(choice, "role", "group");
    set(choice, "aria-label", choice.querySelector(".widget-label")?.textContent);
    choice.querySelectorAll("button").forEach((button) =>
      set(button, "aria-pressed", String(button.classList.contains("mod-active"))));
  }
  for (const button of root.querySelectorAll(".widget-box > .widget-toggle-button")) {
    set(button, "aria-label", button.title);
    set(button, "aria-pressed", String(button.classList.contains("mod-active")));
  }
  const canvas = root.querySelector(".jupyter-matplotlib-canvas-div");
  set(canvas, "role", "img");
  set(canvas, "aria-label", picture);
}

const ASLEEP = "This panel sleeps, because its kernel was stopped or started anew: run its cell again (Shift + Enter) to move it.";

function render({ model, el }) {
  el.classList.add("course-asleep-panel");  // seen only while it says the truth
  el.textContent = ASLEEP;
  const watch = new MutationObserver(() => again());
  const again = () => {
    const root = el.closest(".course-widget");
    if (root) speak(root, model.get("picture"));
    return root;
  };
  const start = () => {  // this part is made before it stands on the page
    const root = again();
    if (!root) return;
    clearInterval(waiting);
    watch.observe(root, {
      subtree: true, childList: true, characterData: true,
      attributes: true, attributeFilter: ["aria-valuetext", "class"],
    });
  };
  const waiting = setInterval(start, 50);
  model.on("change:picture", again);
  return () => { clearInterval(waiting); watch.disconnect(); };
}

export default { render };
