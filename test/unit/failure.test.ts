import { expect, test } from "vitest";
import { plain } from "../../src/extension/failure";

test.each([
	["[click](command:workbench.action.quit)", "[click] (command:workbench.action.quit)"],
	["a\nb\tc", "a b c"],
	["nothing special", "nothing special"],
])("%j is shown as %j, so that no part becomes a link", (text, said) => {
	expect(plain(text)).toBe(said);
});
