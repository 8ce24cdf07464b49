import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";

const HOST = join(CHECKOUT, "src", "extension");
/** The types that a database and its connection implement. */
const PORT = ["chat/backend.ts", "chat/connection.ts"];

/**
 * Folders of the host that the files of each folder may import. Every folder may import `src/shared`;
 * loose files import what they like.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	platform: [],
	chat: ["platform"],
	database: ["chat", "platform"],
	ambient: ["chat", "platform"],
	commands: ["chat", "platform"],
	panel: ["commands", "chat", "platform"],
};

interface Import {
	/** Paths from `src/extension`, with forward slashes. */
	readonly from: string;
	readonly to: string;
	readonly isTypeOnly: boolean;
}

const files = readdirSync(HOST, { recursive: true, encoding: "utf8" })
	.filter((path) => path.endsWith(".ts"))
	.map((path) => path.replaceAll("\\", "/"));
const imports = files.flatMap(importsOf);

function importsOf(from: string): Import[] {
	const path = join(HOST, from);
	const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
	const found: Import[] = [];
	const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
		if (
			specifier !== undefined &&
			ts.isStringLiteral(specifier) &&
			specifier.text.startsWith(".")
		) {
			const to = relative(HOST, join(dirname(path), `${specifier.text}.ts`)).replaceAll("\\", "/");
			found.push({ from, to, isTypeOnly });
		}
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) {
			add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
		} else if (ts.isExportDeclaration(node)) {
			add(node.moduleSpecifier, node.isTypeOnly);
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			add(node.argument.literal, true);
		} else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			add(node.arguments[0], false);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function folderOf(path: string): string | undefined {
	return path.includes("/") ? path.split("/")[0] : undefined;
}

function isAllowed({ from, to, isTypeOnly }: Import): boolean {
	const [own, other] = [folderOf(from), folderOf(to)];
	if (to.startsWith("../")) {
		return (
			to.startsWith("../shared/") || (own === "database" && to.startsWith("../module_bindings/"))
		);
	}
	if (own === undefined || own === other) {
		// Only the file that makes the parts of the chat names the database.
		return own !== undefined || other !== "database" || from === "chatParts.ts";
	}
	if (own === "database" && other === "chat") {
		return PORT.includes(to) && isTypeOnly;
	}
	return other === undefined
		? own !== "platform" && to === "contributions.ts"
		: (MAY_IMPORT[own]?.includes(other) ?? false);
}

/** The folder that two paths have in common, and the file or folder inside it that leads to each. */
function branch(from: string, to: string): { folder: string; from: string; to: string } {
	const [a, b] = [from.split("/"), to.split("/")];
	let depth = 0;
	while (a[depth] === b[depth]) {
		depth++;
	}
	const part = (path: string[]) => path.slice(0, depth + 1).join("/");
	return { folder: a.slice(0, depth).join("/"), from: part(a), to: part(b) };
}

/** The shortest circle among the files and folders inside each folder; none is right. */
function circles(list: readonly Import[]): string[] {
	const next = new Map<string, Set<string>>();
	const shortest = new Map<string, string[]>();
	const steps = list
		.filter(({ from, to }) => !to.startsWith("../") && from !== to)
		.map(({ from, to }) => branch(from, to));
	for (const { from, to } of steps) {
		next.set(from, (next.get(from) ?? new Set()).add(to));
	}
	for (const { folder, from, to } of steps) {
		const path = pathBetween(to, from, next);
		if (path !== undefined && path.length < (shortest.get(folder)?.length ?? Infinity)) {
			shortest.set(folder, path);
		}
	}
	return [...shortest.values()].map((path) => [...path, path[0]].join(" → "));
}

function pathBetween(
	start: string,
	end: string,
	next: ReadonlyMap<string, ReadonlySet<string>>,
): string[] | undefined {
	const seen = new Set([start]);
	// Grows while it is walked, nearest first.
	const paths = [[start]];
	for (const path of paths) {
		const last = path.at(-1)!;
		if (last === end) {
			return path;
		}
		for (const node of next.get(last) ?? []) {
			if (!seen.has(node)) {
				seen.add(node);
				paths.push([...path, node]);
			}
		}
	}
	return undefined;
}

function named({ from, to }: Import): string {
	return `${from} → ${to}`;
}

test("every import of the host names a file that exists", () => {
	const missing = imports.filter(({ to }) => !to.startsWith("../") && !files.includes(to));
	expect(missing.map(named)).toEqual([]);
});

test("each folder of the host imports only folders below it", () => {
	expect(imports.filter((each) => !isAllowed(each)).map(named)).toEqual([]);
});

test("the files and folders inside each folder of the host import each other without a circle", () => {
	expect(circles(imports)).toEqual([]);
});

test("every folder of the host has its rule", () => {
	const folders = new Set(files.flatMap((path) => folderOf(path) ?? []));
	expect([...folders].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});
