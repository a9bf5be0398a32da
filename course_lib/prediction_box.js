// A prediction's box: one fieldset, its controls by kind, and a line that replies.
// Native inputs, so that Tab, arrows, Space and screen readers work as everywhere.

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

function choice(asked, guess, keep, name) {
  const inputs = asked.options.map((value) => element("input", { type: "radio", name, value }));
  inputs.forEach((input, k) => {
    input.checked = asked.options[k] === guess;
    input.addEventListener("change", () => keep(asked.options[k]));
    input.addEventListener("keydown", (event) => {  // a front end may have taken the arrows
      const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = inputs[(k + step + inputs.length) % inputs.length];
      next.focus();
      next.click();
    });
  });
  return inputs.map((input, k) =>
    element("label", { className: "course-option" }, input, ` ${asked.options[k]}`));
}

function number(asked, guess, keep, name, question) {
  const input = element("input", { type: "number", step: "any", min: asked.low, max: asked.high });
  input.setAttribute("aria-label", `${question} From ${asked.low} to ${asked.high} ${asked.unit}`);
  if (guess !== null) input.value = guess;
  const take = () => {
    const value = input.valueAsNumber;
    if (Number.isFinite(value) && value >= asked.low && value <= asked.high) keep(value);
    else keep(null, `A number from ${asked.low} to ${asked.high} is wanted.`);
  };
  const button = element("button", { type: "button", textContent: "Keep" });
  button.addEventListener("click", take);
  input.addEventListener("keydown", (event) => event.key === "Enter" && take());
  return [element("div", { className: "course-row" }, input, ` ${asked.unit} `, button)];
}

function order(asked, guess, keep) {
  let items = [...(guess ?? asked.items)];
  const list = element("ol", { className: "course-order" });
  const move = (from, to, side) => {
    if (to < 0 || to >= items.length) return;
    items.splice(to, 0, items.splice(from, 1)[0]);
    draw();
    list.children[to].querySelector(`[data-side="${side}"]`).focus();
    keep([...items]);
  };
  const arrow = (sign, side, item, from, to) => {
    const button = element("button", { type: "button", textContent: sign });
    button.dataset.side = side;
    button.setAttribute("aria-label", `move ${item} ${side}`);
    button.addEventListener("click", () => move(from, to, side));
    return button;
  };
  const draw = () => list.replaceChildren(...items.map((item, k) => {
    const row = element("li", {},
      arrow("▲", "up", item, k, k - 1), arrow("▼", "down", item, k, k + 1), ` ${item}`);
    row.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step) { event.preventDefault(); move(k, k + step, step < 0 ? "up" : "down"); }
    });
    return row;
  }));
  draw();
  const button = element("button", { type: "button", textContent: "Keep this order" });
  button.addEventListener("click", () => keep([...items]));
  return [list, button];
}

function point(asked, guess, keep) {
  const [left, right, bottom, top] = asked.box;
  const how = element("p", { textContent: "Click at the place; the orange + is your mark." });
  const picture = element("img", { src: asked.image, alt: asked.alt, draggable: false });
  const cross = element("span", { className: "course-cross", textContent: "+", hidden: !guess });
  const frame = element("div", { className: "course-picture", tabIndex: 0 }, picture, cross);
  frame.setAttribute("role", "application");
  const place = { x: 0.5, y: 0.5 };  // within the axes, from the lower left corner
  if (guess) {
    place.x = (guess[0] - asked.x[0]) / (asked.x[1] - asked.x[0]);
    place.y = (guess[1] - asked.y[0]) / (asked.y[1] - asked.y[0]);
  }
  const value = () => ["x", "y"].map((axis) =>
    Number((asked[axis][0] + place[axis] * (asked[axis][1] - asked[axis][0])).toPrecision(4)));
  const draw = () => {
    cross.style.left = `${100 * (left + place.x * (right - left))}%`;
    cross.style.top = `${100 * (1 - bottom - place.y * (top - bottom))}%`;
    const [x, y] = value();
    frame.setAttribute("aria-label", `${asked.alt} Cross at x = ${x}, y = ${y}; arrow keys move it, Enter keeps it.`);
  };
  const set = (x, y) => {
    place.x = Math.min(1, Math.max(0, x));
    place.y = Math.min(1, Math.max(0, y));
    cross.hidden = false;  // before, it would look like a part of the picture
    draw();
  };
  frame.addEventListener("focus", () => { cross.hidden = false; });
  frame.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    set(((event.clientX - box.left) / box.width - left) / (right - left),
        (1 - (event.clientY - box.top) / box.height - bottom) / (top - bottom));
    keep(value());
  });
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, 0.02], ArrowDown: [0, -0.02] }[event.key];
    if (step) { event.preventDefault(); set(place.x + step[0], place.y + step[1]); }
    if (event.key === "Enter") { event.preventDefault(); keep(value()); }
  });
  draw();
  return [how, frame];
}

const KINDS = { choice, number, order, point };

function render({ model, el }) {
  const said = element("p", { className: "course-reply" });
  said.setAttribute("role", "status");
  const asleep = "This box sleeps, because its kernel was stopped or started anew: run its cell again (Shift + Enter) to answer.";
  const sleeps = element("p", { className: "course-asleep", textContent: asleep });
  const waits = "Not kept yet. If nothing comes, run this cell again (Shift + Enter).";
  const alive = () => !el.closest(".jupyter-widgets-disconnected");
  const show = () => {
    const { to, words } = model.get("reply");
    const guess = model.get("guess");
    const answered = words && JSON.stringify(to) === JSON.stringify(guess);
    said.textContent = answered ? words : guess === null ? "" : waits;
  };
  const keep = (guess, problem) => {
    sleeps.toggleAttribute("data-said", !problem && !alive());  // once is enough
    if (problem) { said.textContent = problem; return; }
    if (!alive()) { said.textContent = `Not kept. ${asleep}`; return; }
    model.set("guess", guess);
    model.save_changes();
    show();
  };
  model.on("change:reply", show);
  const question = model.get("question");
  const legend = element("legend", {}, element("b", { textContent: `${model.get("title")}. ` }), question);
  const name = `course-${Math.random()}`;
  const controls = KINDS[model.get("kind")](model.get("asked"), model.get("guess"), keep, name, question);
  const box = element("fieldset", { className: "course-predict" }, legend, ...controls, said, sleeps);
  // or JupyterLab would take these keys for its cells; it looks before the box is asked
  const guard = (event) => {
    const plain = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
    const ours = plain && box.contains(event.target) && /^(Arrow|Enter$)/.test(event.key);
    box.toggleAttribute("data-lm-suppress-shortcuts", ours);
  };
  window.addEventListener("keydown", guard, true);
  el.replaceChildren(box);
  show();
  return () => window.removeEventListener("keydown", guard, true);
}

export default { render };
