// Normalises a schema, so that the descriptions of two servers can be compared and committed.

/** Lists without a promised order. Columns and types are identified by their index. */
const UNORDERED = new Set([
	"constraints",
	"indexes",
	"misc_exports",
	"reducers",
	"row_level_security",
	"sequences",
	"tables",
	"types",
]);

/**
 * @param {unknown} value
 * @param {string} key where it stood
 * @param {boolean} isNumbered true if numbers refer to its entries
 * @returns {unknown}
 */
function canonical(value, key, isNumbered) {
	if (Array.isArray(value)) {
		const items = value.map((item) => canonical(item, "", false));
		return UNORDERED.has(key) && !isNumbered
			? items
					.map((item) => ({ item, text: JSON.stringify(item) }))
					.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
					.map(({ item }) => item)
			: items;
	}
	if (typeof value === "object" && value !== null) {
		return Object.fromEntries(
			Object.entries(value)
				.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
				.map(([name, inner]) => [name, canonical(inner, name, key === "typespace")]),
		);
	}
	return value;
}

/** The text of a schema: the same text for the same schema. @param {unknown} schema */
export function schemaText(schema) {
	return `${JSON.stringify(canonical(schema, "", false), undefined, "\t")}\n`;
}
