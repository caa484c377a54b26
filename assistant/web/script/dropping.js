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
/* The component takes files while it is empty; what it shows as being added has an input too, but not one for more. */
const taking = () => $("#ra-files .icon-button-wrapper") ? null : $("#ra-files .upload-container input[type=file]");
let queue = Promise.resolve();
async function dropped(entries, plain) {
  go("library", false);
  try {
    const files = entries.some(entry => entry.isDirectory) ? (await Promise.all(entries.map(filesOf))).flat() : plain;
    if (!files.length) { toast(say("toast.nothing")); return; }
    if (!taking()) toast(say("toast.wait"));
    queue = queue.then(() => handed(files));
  } catch { toast(say("toast.failed")); }
}
async function handed(files) {
  while (!taking()) await new Promise(done => setTimeout(done, 100));
  const carried = new DataTransfer(), input = taking();
  files.forEach(file => carried.items.add(file));
  input.files = carried.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await new Promise(done => setTimeout(done, 500)); /* until the component shows that it has them */
}
for (const name of ["dragenter", "dragover", "drop"]) document.addEventListener(name, event => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  event.stopPropagation();
  dragged(name !== "drop");
  if (name === "drop") dropped([...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean), [...event.dataTransfer.files]);
}, true);
