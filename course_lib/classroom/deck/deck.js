// What the page does itself: equations, sizes, figures that are uncovered in steps.
// All lengths are those of the stage, 1280 by 720, whatever the screen.

const STAGE = { width: 1280, height: 720, floor: 680, edge: 24, gap: 36 };
// times its own size: what a figure's letters need, and what is large enough
const READABLE = 1.1, LARGE = 1.4;
const COLUMN = 340;  // narrower text beside a figure is a last resort

for (const tex of document.querySelectorAll(".tex")) {
  temml.render(tex.textContent, tex, { displayMode: "display" in tex.dataset });
}

function ruler(slide) {
  const frame = slide.getBoundingClientRect();
  const unit = frame.height / STAGE.height;
  return (part) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const [x, y] = [frame.left, frame.top];
    return {
      right: (right - x) / unit, bottom: (bottom - y) / unit,
      width: (right - left) / unit, height: (bottom - top) / unit,
    };
  };
}

const shown = (slide, selector) =>
  [...slide.querySelectorAll(selector)].filter((part) => !part.closest("aside"));
const figures = (slide) => shown(slide, "img").filter((img) => !img.closest(".course-predict"));
const ownWidth = (img) => Number(img.getAttribute("width")) || img.naturalWidth;
const lonely = (slide) =>
  shown(slide, "p, li, pre, table, math, fieldset, div[class^=course]").length === 0;
const ownHeight = (img) => ownWidth(img) * img.naturalHeight / img.naturalWidth;

// a formula says so of itself, where a sign could be wider; its parts are measured
const spills = (part) => part.clientWidth && part.scrollWidth > part.clientWidth + 1 &&
  !part.closest("math") && !part.querySelector("math, img");

// whether all but the figure ends above the footer and left of a limit
function whole(slide, limit, figure = null) {
  const measure = ruler(slide);
  return shown(slide, "*").every((part) => {
    if (part === figure || part.matches("h1, h2, h3")) return true;
    const { right, bottom } = measure(part);
    return bottom <= STAGE.floor && right <= limit + 0.5 && !spills(part);
  });
}

// the figure at the right, `scale` times its own size, the text at its left;
// in the middle where there is no text
function beside(slide, figure, scale) {
  const title = slide.querySelector("h1, h2, h3");
  const top = (title ? ruler(slide)(title).bottom : 0) + 8;
  const [width, height] = [scale * ownWidth(figure), scale * ownHeight(figure)];
  slide.classList.add("deck-beside");
  const room = lonely(slide) ? 70 : width + STAGE.gap + STAGE.edge;
  slide.style.setProperty("--beside", `${room}px`);
  Object.assign(figure.style, {
    width: `${width}px`, height: `${height}px`,
    right: `${lonely(slide) ? (STAGE.width - width) / 2 : STAGE.edge}px`,
    top: `${top + Math.max(0, STAGE.floor - top - height) / 3}px`,
  });
  const fits = top + height <= STAGE.floor && width <= STAGE.width - 2 * STAGE.edge;
  if (!fits || lonely(slide)) return fits;
  return whole(slide, STAGE.width - width - STAGE.edge - STAGE.gap, figure);
}

function stacked(slide, figure) {
  slide.classList.remove("deck-beside");
  if (figure) ["width", "height", "right", "top"].forEach((name) => { figure.style[name] = ""; });
  return whole(slide, STAGE.width, figure);
}

const roomBeside = (figure, scale) =>
  STAGE.width - 70 - scale * ownWidth(figure) - STAGE.gap - STAGE.edge;

function drawn(slide, figure) {
  const { width, height } = ruler(slide)(figure);
  return Math.min(width / ownWidth(figure), height / ownHeight(figure));
}

function widest(slide, figure) {
  let [low, high] = [0.6, 1.9];
  if (!beside(slide, figure, low)) return 0;
  while (high - low > 0.02) {
    const middle = (low + high) / 2;
    if (beside(slide, figure, middle)) low = middle; else high = middle;
  }
  return low;
}

// letters and figure as large as the slide allows, side by side where that is larger
function fit(slide) {
  if (!slide || slide.dataset.fitted) return;
  slide.dataset.fitted = true;
  shown(slide, "msqrt").forEach((root) => {  // Chromium leaves room for the widest sign
    const hole = ruler(slide)(root).right - ruler(slide)(root.lastElementChild).right;
    root.style.marginRight = `${-hole / parseFloat(getComputedStyle(root).fontSize)}em`;
  });
  const [figure, ...others] = figures(slide);
  const alone = others.length ? undefined : figure;
  let best = { score: -1, k: 0.68, scale: 0 };
  for (let step = 0; step <= 8; step += 1) {
    const k = 1 - 0.04 * step;
    slide.style.setProperty("--k", k);
    const scale = alone && widest(slide, alone);
    const flat = stacked(slide, alone);
    const below = flat && alone ? drawn(slide, alone) : 0;
    const narrow = scale && !lonely(slide) && roomBeside(alone, scale) < COLUMN;
    const score = (large) =>
      6 * Math.min(large, READABLE) + Math.min(large, LARGE) + 1.5 * k;
    if (flat && score(below) > best.score) best = { score: score(below), k, scale: 0 };
    const other = scale ? score(scale) - (narrow ? 0.6 : 0) : 0;
    if (other > best.score) best = { score: other, k, scale };
  }
  slide.style.setProperty("--k", best.k);
  if (best.scale) beside(slide, alone, best.scale); else stacked(slide, alone);
}

// a figure with data-steps shows that share of its width, then the next, then all
function uncover(slide) {
  for (const figure of slide.querySelectorAll("img[data-steps]")) {
    const shares = figure.dataset.steps.split(" ").map(Number);
    const seen = slide.querySelectorAll(".deck-step.visible").length;
    const box = figure.getBoundingClientRect();
    const inside = Math.min(1, box.height * figure.naturalWidth / figure.naturalHeight / box.width);
    const hidden = 1 - (1 - inside) / 2 - inside * (shares[seen] ?? 1);
    figure.style.clipPath = seen < shares.length ? `inset(0 ${100 * hidden}% 0 0)` : "";
  }
}

function arrive({ currentSlide }) {
  fit(currentSlide);
  uncover(currentSlide);
}

const again = () => uncover(Reveal.getCurrentSlide());
Reveal.on("ready", arrive);
Reveal.on("slidechanged", arrive);
Reveal.on("fragmentshown", again);
Reveal.on("fragmenthidden", again);
Reveal.on("pdf-ready", () => document.querySelectorAll(".slides section").forEach((slide) => {
  fit(slide);
  slide.querySelectorAll("img").forEach((img) => { img.style.clipPath = ""; });
}));
const drawings = [...document.images].map((img) => img.decode().catch(() => null));
const letters = [...document.fonts].map((font) => font.load());
Promise.all([...letters, ...drawings]).then(() => Reveal.initialize({
  width: STAGE.width,
  height: STAGE.height,
  margin: 0,
  maxScale: 4,
  center: false,
  display: "flex",
  hash: true,
  slideNumber: "c/t",
  transition: "none",
  backgroundTransition: "none",
  pdfSeparateFragments: false,
  plugins: [RevealNotes],
}));
