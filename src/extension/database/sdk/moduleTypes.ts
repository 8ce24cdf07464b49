import type { Identity, Timestamp } from "@clockworklabs/spacetimedb-sdk";
import { AlgebraicType, ProductTypeElement, SumTypeVariant } from "@clockworklabs/spacetimedb-sdk";
import type {
	ReducerName,
	REDUCERS,
	TableName,
	TABLES,
} from "../../../module_bindings/client.generated";
import { TYPES } from "../../../module_bindings/client.generated";

/** Values of the types that the module does not name. */
interface PlainValues {
	readonly Bool: boolean;
	readonly Identity: Identity;
	readonly String: string;
	readonly Timestamp: Timestamp;
	readonly U8: number;
	readonly U32: number;
	readonly U64: bigint;
}

type NamedTypes = typeof TYPES;

type ValueOf<T> = T extends keyof PlainValues
	? PlainValues[T]
	: T extends `Option<${infer Inner}>`
		? ValueOf<Inner> | undefined
		: T extends `Array<${infer Inner}>`
			? readonly ValueOf<Inner>[]
			: T extends keyof NamedTypes
				? NamedValueOf<NamedTypes[T]>
				: never;

type NamedValueOf<T> = T extends { readonly sum: readonly (infer Variant extends string)[] }
	? { readonly [V in Variant]: { readonly tag: V } }[Variant]
	: T extends { readonly product: infer Fields }
		? ValuesOf<Fields>
		: never;

type ValuesOf<Fields> = { readonly [F in keyof Fields]: ValueOf<Fields[F]> };

/** A row of a table as the SDK reads it. */
export type Row<T extends TableName> = ValuesOf<(typeof TABLES)[T]["columns"]>;

/** The arguments of a reducer by their names. */
export type ReducerArguments<N extends ReducerName> = ValuesOf<(typeof REDUCERS)[N]["args"]>;

/** The types of the SDK for the types that the module does not name. */
const PLAIN_TYPES: Readonly<Record<keyof PlainValues, () => AlgebraicType>> = {
	Bool: () => AlgebraicType.createBoolType(),
	Identity: () => AlgebraicType.createIdentityType(),
	String: () => AlgebraicType.createStringType(),
	Timestamp: () => AlgebraicType.createTimestampType(),
	U8: () => AlgebraicType.createU8Type(),
	U32: () => AlgebraicType.createU32Type(),
	U64: () => AlgebraicType.createU64Type(),
};

/** Builds the SDK's type of a row, or of a reducer's arguments. */
export function productType(fields: Readonly<Record<string, string>>): AlgebraicType {
	return AlgebraicType.createProductType(
		Object.entries(fields).map(([name, type]) => new ProductTypeElement(name, algebraicType(type))),
	);
}

function algebraicType(name: string): AlgebraicType {
	const [, generic, inner = ""] = /^(Option|Array)<(.+)>$/.exec(name) ?? [];
	if (generic !== undefined) {
		return generic === "Option"
			? AlgebraicType.createOptionType(algebraicType(inner))
			: AlgebraicType.createArrayType(algebraicType(inner));
	}
	if (isKeyOf(PLAIN_TYPES, name)) {
		return PLAIN_TYPES[name]();
	}
	if (!isKeyOf(TYPES, name)) {
		throw new Error(`The type ${name} has no counterpart in the SDK`);
	}
	const type = TYPES[name];
	return "product" in type
		? productType(type.product)
		: AlgebraicType.createSumType(
				type.sum.map((variant) => new SumTypeVariant(variant, productType({}))),
			);
}

function isKeyOf<T extends object>(object: T, key: string): key is keyof T & string {
	return Object.hasOwn(object, key);
}
