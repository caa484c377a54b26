/* Files dragged in from outside, folders too, wherever on the page they are let go. Part of one script, see asking.js. */
/* --- dropping ------------------------------------------------------------------------------ */
const carriesFiles = event => [...(event.dataTransfer?.types || [])].includes("Files");
let dragging = null;
function dragged(on) {
  clearTimeout(dragging);
  body().dataset.drag = on ? "1" : "";
  if (on) dragging = setTimeout(() => dragged(false), 800); /* a browser tells again and again while files are held over it */
}
/* The files of what was let go; the component takes files alone, a folder is opened here. */
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader(), inside = [];
  for (let some; (some = await new Promise((done, failed) => reader.readEntries(done, failed))).length;) inside.push(...some);
  return (await Promise.all(inside.map(filesOf))).flat();
}
async function dropped(entries, plain) {
  go("library", false);
  const input = $("#ra-files input[type=file]");
  if (!input) { toast(say("toast.wait")); return; } /* what is being added is shown in its place */
  try {
    const files = entries.some(entry => entry.isDirectory) ? (await Promise.all(entries.map(filesOf))).flat() : plain;
    if (!files.length) { toast(say("toast.nothing")); return; }
    const carried = new DataTransfer();
    files.forEach(file => carried.items.add(file));
    input.files = carried.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  } catch { toast(say("toast.failed")); }
}
for (const name of ["dragenter", "dragover", "drop"]) document.addEventListener(name, event => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  event.stopPropagation();
  dragged(name !== "drop");
  if (name === "drop") dropped([...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean), [...event.dataTransfer.files]);
}, true);
