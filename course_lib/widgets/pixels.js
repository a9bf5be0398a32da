// Pixels to click, to drag over, or to type by arrow keys and space: each is a button.
// They are turned round, or, where `ink` tells what lies beneath, erased and given back.

function render({ model, el }) {
  const SIDE = Math.sqrt(model.get("value").length), erasing = model.get("ink").length > 0;
  const grid = document.createElement("div"), act = erasing ? "erases one or gives it back" : "turns one round";
  grid.className = erasing ? "course-pixels course-erasing" : "course-pixels";
  grid.style.gridTemplateColumns = `repeat(${SIDE}, 1.5em)`;
  grid.setAttribute("role", "group");
  grid.setAttribute("aria-label", `pixels: arrow keys move, space ${act}`);
  const buttons = model.get("value").map((_, k) => {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = k ? -1 : 0;  // the tab key passes the whole picture at once
    grid.append(button);
    return button;
  });
  el.append(grid);

  const draw = () => model.get("value").forEach((pixel, k) => {
    const ink = model.get("ink")[k], place = `row ${Math.floor(k / SIDE)}, column ${k % SIDE}`;
    buttons[k].setAttribute("aria-pressed", String(pixel > 0));
    buttons[k].setAttribute("aria-label", erasing ? `${place}, ${ink ? "ink" : "paper"}, erased` : place);
    buttons[k].classList.toggle("course-ink", Boolean(ink));
  });
  const put = (k, pixel) => {
    const value = [...model.get("value")];
    if (k < 0 || value[k] === pixel) return;
    value[k] = pixel;
    model.set("value", value);
    model.save_changes();
  };
  let pen = 0;  // what is drawn while the mouse is down
  grid.addEventListener("pointerdown", (event) => {
    const k = buttons.indexOf(event.target);
    if (k < 0) return;
    event.target.releasePointerCapture?.(event.pointerId);
    pen = -model.get("value")[k];
    put(k, pen);
  });
  grid.addEventListener("pointerover", (event) => {
    if (event.buttons === 1 && pen) put(buttons.indexOf(event.target), pen);
  });
  grid.addEventListener("click", (event) => {
    const k = buttons.indexOf(event.target);
    if (event.detail === 0 && k >= 0) put(k, -model.get("value")[k]);  // no mouse: a key
  });
  grid.addEventListener("keydown", (event) => {
    const k = buttons.indexOf(event.target), column = k % SIDE;
    const to = {
      ArrowLeft: column > 0 ? k - 1 : k, ArrowRight: column < SIDE - 1 ? k + 1 : k,
      ArrowUp: k - SIDE, ArrowDown: k + SIDE,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();  // an arrow would leave the cell
    if (!buttons[to]) return;
    buttons.forEach((button, j) => { button.tabIndex = j === to ? 0 : -1; });
    buttons[to].focus();
  });
  const raise = () => { pen = 0; };
  window.addEventListener("pointerup", raise);
  model.on("change:value", draw);
  model.on("change:ink", draw);
  draw();
  return () => window.removeEventListener("pointerup", raise);
}

export default { render };
