// Small PDF files to be signed: with a table or a stream of references, several pages, an annotation.
const CONTENT = 'BT /F1 18 Tf 72 720 Td (UBND phuong Quang Vinh: ket qua) Tj ET';

function objects(pages) {
  const kids = Array.from({ length: pages }, (_, i) => `${5 + i} 0 R`).join(' ');
  return [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} /MediaBox [0 0 595 842] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${CONTENT.length} >>\nstream\n${CONTENT}\nendstream`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>'),
  ];
}

function body(list) {
  let text = '%PDF-1.7\n';
  const at = list.map((object, i) => {
    const here = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return here;
  });
  return { text, at };
}

export function withTable(pages = 1) {
  const { text, at } = body(objects(pages));
  const rows = at.map((n) => `${String(n).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${text}xref\n0 ${at.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${at.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`);
}

export function withStream(pages = 1) {
  const { text, at } = body(objects(pages));
  const all = [...at, text.length];
  const rows = Buffer.alloc((all.length + 1) * 7);
  all.forEach((n, i) => { rows[(i + 1) * 7] = 1; rows.writeUInt32BE(n, (i + 1) * 7 + 1); });
  const head = `${text}${all.length} 0 obj\n<< /Type /XRef /Size ${all.length + 1} /Root 1 0 R /W [1 4 2] /Length ${rows.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), rows, Buffer.from(`\nendstream\nendobj\nstartxref\n${text.length}\n%%EOF\n`)]);
}

// An update after the last revision: objects by number, as an editor or a forger writes them.
export function update(pdf, list, trailer = '/Root 1 0 R') {
  const text = pdf.toString('latin1');
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)[1]);
  const size = Math.max(...[...text.matchAll(/\/Size (\d+)/g)].map((m) => Number(m[1])), ...Object.keys(list).map((n) => Number(n) + 1));
  let added = '';
  let table = 'xref\n0 1\n0000000000 65535 f \n';
  for (const [number, object] of Object.entries(list)) {
    table += `${number} 1\n${String(text.length + added.length).padStart(10, '0')} 00000 n \n`;
    added += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const at = text.length + added.length;
  return Buffer.concat([pdf, Buffer.from(`${added}${table}trailer\n<< /Size ${size} ${trailer} /Prev ${previous} >>\nstartxref\n${at}\n%%EOF\n`, 'latin1')]);
}
