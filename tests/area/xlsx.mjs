// A small XLSX workbook, packed as Excel packs it: rows of strings, numbers and { date: serial }.
import { crc32, deflateRawSync } from 'node:zlib';

const text = (s) => String(s).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const column = (i) => (i >= 26 ? column(Math.floor(i / 26) - 1) : '') + String.fromCharCode(65 + i % 26);
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const rels = (list) => '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
    list.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${R}/${type}" Target="${target}"/>`).join('') + '</Relationships>';

function crc(bytes) {
	if (crc32)
		return crc32(bytes);
	let c = 0xffffffff;
	for (const b of bytes) {
		c ^= b;
		for (let k = 0; k < 8; k++)
			c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	}
	return (~c) >>> 0;
}

function zip(files) {
	const local = [], central = [];
	let at = 0;
	for (const [name, content] of files) {
		const bytes = Buffer.from(content), packed = deflateRawSync(bytes), n = Buffer.from(name);
		const head = Buffer.alloc(30), entry = Buffer.alloc(46);
		head.writeUInt32LE(0x04034b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(8, 8);
		head.writeUInt32LE(crc(bytes), 14); head.writeUInt32LE(packed.length, 18); head.writeUInt32LE(bytes.length, 22);
		head.writeUInt16LE(n.length, 26);
		entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE(20, 4); entry.writeUInt16LE(20, 6); entry.writeUInt16LE(8, 10);
		entry.writeUInt32LE(crc(bytes), 16); entry.writeUInt32LE(packed.length, 20); entry.writeUInt32LE(bytes.length, 24);
		entry.writeUInt16LE(n.length, 28); entry.writeUInt32LE(at, 42);
		local.push(head, n, packed);
		central.push(entry, n);
		at += 30 + n.length + packed.length;
	}
	const directory = Buffer.concat(central), end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(files.length, 8); end.writeUInt16LE(files.length, 10);
	end.writeUInt32LE(directory.length, 12); end.writeUInt32LE(at, 16);
	return Buffer.concat([...local, directory, end]);
}

export function xlsx(rows) {
	const shared = [];
	const cell = (v, at) => v === null ? '' : typeof v === 'number' ? `<c r="${at}"><v>${v}</v></c>` :
	    v.date !== undefined ? `<c r="${at}" s="1"><v>${v.date}</v></c>` :
	    v.formula !== undefined ? `<c r="${at}" t="str"><f>${text(v.formula)}</f><v>${text(v.value)}</v></c>` :
	    `<c r="${at}" t="s"><v>${shared.push(v) - 1}</v></c>`;
	const data = rows.map((row, i) => `<row r="${i + 1}">${row.map((v, k) => cell(v, column(k) + (i + 1))).join('')}</row>`).join('');
	return zip([
		['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'],
		['_rels/.rels', rels([['officeDocument', 'xl/workbook.xml']])],
		['xl/workbook.xml', `<workbook xmlns:r="${R}"><sheets><sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>`],
		['xl/_rels/workbook.xml.rels', rels([['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']])],
		['xl/styles.xml', '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'],
		['xl/sharedStrings.xml', `<sst>${shared.map((s) => `<si><t xml:space="preserve">${text(s)}</t></si>`).join('')}</sst>`],
		['xl/worksheets/sheet1.xml', `<worksheet><sheetData>${data}</sheetData></worksheet>`],
	]);
}
