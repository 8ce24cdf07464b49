import { expect, test } from "vitest";
import { plural } from "../../src/shared/plural";

test.each([
	["en", 0, "other"],
	["en", 1, "one"],
	["en", 21, "other"],
	["de", 1, "one"],
	["zh-cn", 1, "other"],
])("in the language %s the count %d takes the form %s", (locale, count, form) => {
	expect(plural(count, { one: "one", other: "other" }, locale)).toBe(form);
});
