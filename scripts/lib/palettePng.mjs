// Pictures of 256 colours: the README's picture is in the package, and is a third as large with a palette.

import { crc32, deflateSync, inflateSync } from "node:zlib";

/** The first bytes of every PNG file. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAX_COLOURS = 256;
/** Bytes of a pixel in a picture without transparency. */
const RGB = 3;

/**
 * Returns a PNG of red, green and blue with 256 of its colours; any other colour becomes the nearest of
 * these.
 * @param {Buffer} png
 */
export function withPalette(png) {
	const { width, height, pixels } = decode(png);
	/** @type {Map<number, number>} */
	const counts = new Map();
	for (let at = 0; at < pixels.length; at += RGB) {
		const colour = pixels.readUIntBE(at, RGB);
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	const palette = paletteOf(counts);
	const indexes = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, palette)]));
	// The first byte of every row names its filter: none.
	const rows = Buffer.alloc((width + 1) * height);
	for (let at = 0; at < width * height; at += 1) {
		const colour = pixels.readUIntBE(at * RGB, RGB);
		rows[at + Math.floor(at / width) + 1] = indexes.get(colour) ?? 0;
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Eight bits for each pixel, and a palette.
	header.set([8, 3], 8);
	const colours = Buffer.alloc(palette.length * RGB);
	palette.forEach((colour, index) => colours.writeUIntBE(colour, index * RGB, RGB));
	return Buffer.concat([
		SIGNATURE,
		chunk("IHDR", header),
		chunk("PLTE", colours),
		chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/** @param {Buffer} png @returns {{ width: number, height: number, pixels: Buffer }} */
function decode(png) {
	/** @type {Buffer[]} */
	const data = [];
	/** @type {Buffer} */
	let header = Buffer.alloc(0);
	for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
		const type = png.toString("latin1", at + 4, at + 8);
		const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
		if (type === "IHDR") {
			header = content;
		} else if (type === "IDAT") {
			data.push(content);
		}
	}
	const [bits, kind] = header.subarray(8);
	if (bits !== 8 || kind !== 2) {
		throw new Error("The picture does not have eight bits each of red, green and blue.");
	}
	const width = header.readUInt32BE(0);
	const height = header.readUInt32BE(4);
	return { width, height, pixels: unfilter(inflateSync(Buffer.concat(data)), width * RGB, height) };
}

/** Returns the pixels of rows that are stored as differences. @param {Buffer} rows @param {number} stride @param {number} height */
function unfilter(rows, stride, height) {
	const pixels = Buffer.alloc(stride * height);
	for (let y = 0; y < height; y += 1) {
		const filter = rows[y * (stride + 1)] ?? 0;
		for (let x = 0; x < stride; x += 1) {
			const at = y * stride + x;
			const left = x < RGB ? 0 : (pixels[at - RGB] ?? 0);
			const above = y === 0 ? 0 : (pixels[at - stride] ?? 0);
			const corner = x < RGB || y === 0 ? 0 : (pixels[at - stride - RGB] ?? 0);
			const guesses = [0, left, above, (left + above) >> 1, paeth(left, above, corner)];
			pixels[at] = (rows[at + y + 1] ?? 0) + (guesses[filter] ?? 0);
		}
	}
	return pixels;
}

/** Returns the neighbour that is nearest to their slope, as PNG's fourth filter does. @param {number} left @param {number} above @param {number} corner */
function paeth(left, above, corner) {
	const slope = left + above - corner;
	const [a, b, c] = [Math.abs(slope - left), Math.abs(slope - above), Math.abs(slope - corner)];
	if (a <= b && a <= c) {
		return left;
	}
	return b <= c ? above : corner;
}

/**
 * Returns the colours that stand for all: each next one is frequent and far from those before it.
 * @param {ReadonlyMap<number, number>} counts
 */
function paletteOf(counts) {
	/** @type {number[]} */
	const palette = [];
	const left = new Map([...counts.keys()].map((colour) => [colour, Number.MAX_SAFE_INTEGER]));
	while (palette.length < Math.min(MAX_COLOURS, counts.size)) {
		let next = 0;
		let most = -1;
		for (const [colour, distance] of left) {
			const loss = distance * Math.sqrt(counts.get(colour) ?? 0);
			if (loss > most) {
				most = loss;
				next = colour;
			}
		}
		palette.push(next);
		for (const [colour, distance] of left) {
			left.set(colour, Math.min(distance, distanceOf(colour, next)));
		}
	}
	return palette;
}

/** Returns the index of the colour that is nearest. @param {number} colour @param {readonly number[]} palette */
function nearest(colour, palette) {
	const distances = palette.map((other) => distanceOf(colour, other));
	return distances.indexOf(Math.min(...distances));
}

/** @param {number} one @param {number} other */
function distanceOf(one, other) {
	const [red, green, blue] = [16, 8, 0].map(
		(shift) => ((one >> shift) & 0xff) - ((other >> shift) & 0xff),
	);
	return (red ?? 0) ** 2 + (green ?? 0) ** 2 + (blue ?? 0) ** 2;
}

/** @param {string} type @param {Buffer} content */
function chunk(type, content) {
	const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}
