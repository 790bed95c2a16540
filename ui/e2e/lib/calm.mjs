// Whether anything moves a person: their cursor, focus, selection, value, scrolling, or the row under their pointer.

/** In the page: what must not change, looked at before every frame. Whoever is in the field types between `head` and `tail`. */
export function watch({ head, tail, x, y }) {
  const field = document.getElementById('sheet-situation');
  const scroll = field.closest('.scroll');
  const under = () => document.elementFromPoint(x, y)?.closest('[data-row]');
  const row = under();
  const start = { row: row?.dataset.row, top: row?.getBoundingClientRect().top, scroll: scroll.scrollTop, left: scrollX, down: scrollY, y: field.getBoundingClientRect().top };
  const faults = new Map();
  const state = (window.__calm = { start, looks: 0, faults, selection: null });
  const fault = (what, detail) => faults.set(what, `${faults.get(what) ?? detail}`);
  const look = () => {
    state.looks += 1;
    if (document.activeElement !== field) fault('focus', document.activeElement?.outerHTML.slice(0, 120));
    const typed = field.value.slice(head.length, field.value.length - tail.length);
    if (!field.value.startsWith(head) || !field.value.endsWith(tail)) fault('value', field.value);
    if (state.selection) {
      if (field.selectionStart !== state.selection[0] || field.selectionEnd !== state.selection[1]) fault('selection', `${field.selectionStart}-${field.selectionEnd}`);
    } else if (field.selectionStart !== head.length + typed.length || field.selectionEnd !== field.selectionStart) fault('cursor', `${field.selectionStart}-${field.selectionEnd} after ${JSON.stringify(typed)}`);
    if (Math.abs(field.getBoundingClientRect().top - start.y) > 1) fault('the field moved', `${field.getBoundingClientRect().top - start.y} px`);
    if (scroll.scrollTop !== start.scroll || scrollX !== start.left || scrollY !== start.down) fault('scroll', `${scroll.scrollTop}`);
    const now = under();
    if (now?.dataset.row !== start.row) fault('row under the pointer', `${start.row} became ${now?.dataset.row}`);
    else if (Math.abs(now.getBoundingClientRect().top - start.top) > 1) fault('row moved', `${now.getBoundingClientRect().top - start.top} px`);
  };
  // After the page's own watchers, which answer to the same changes before anything is painted.
  const frame = () => { look(); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}
