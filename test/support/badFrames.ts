import { gzipBomb, plainFrame } from "./oddServer";

/** Tags of a server's frames (server 1.3.0): a transaction in light mode; an uncompressed update. */
const TRANSACTION_UPDATE_LIGHT = 2;
const UNCOMPRESSED = 0;
const FIXED_SIZE = 0;

/** Frames that no server should send, by their fault. */
export const BAD_FRAMES: readonly (readonly [string, () => Buffer])[] = [
	["an empty frame", () => Buffer.alloc(0)],
	["an unknown compression", () => Buffer.from([9, 1, 2, 3])],
	["broken gzip", () => Buffer.from([2, 1, 2, 3])],
	["a gzip bomb", gzipBomb],
	["an unknown tag", () => plainFrame(250, 0, 0)],
	["a truncated frame", () => plainFrame(3, 1, 2, 3)],
	["33 MiB of nothing", () => Buffer.alloc(33 * 1024 * 1024, 250).fill(0, 0, 1)],
	["a row with one more column", rowWithOneMoreColumn],
];

/** Makes an insert into `user` whose row has one number more than the columns of the bindings. */
function rowWithOneMoreColumn(): Buffer {
	const row = Buffer.concat([Buffer.alloc(32, 7), Buffer.from([1, 1]), u32(4_294_967_295)]);
	const noRows = Buffer.concat([Buffer.from([FIXED_SIZE]), u16(0), u32(0)]);
	const oneRow = Buffer.concat([
		...[Buffer.from([FIXED_SIZE]), u16(row.length)],
		...[u32(row.length), row],
	]);
	const table = Buffer.concat([
		...[u32(4_096), u32(4), Buffer.from("user"), u64(1)],
		...[u32(1), Buffer.from([UNCOMPRESSED]), noRows, oneRow],
	]);
	return Buffer.concat([Buffer.from([0, TRANSACTION_UPDATE_LIGHT]), ...[u32(0), u32(1), table]]);
}

function u16(value: number): Buffer {
	const buffer = Buffer.alloc(2);
	buffer.writeUInt16LE(value);
	return buffer;
}

function u32(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32LE(value);
	return buffer;
}

function u64(value: number): Buffer {
	const buffer = Buffer.alloc(8);
	buffer.writeBigUInt64LE(BigInt(value));
	return buffer;
}
