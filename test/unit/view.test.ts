import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ViewFeed } from "../../src/extension/view/viewFeed";
import { WishLimit } from "../../src/extension/view/wishLimit";
import type { ChatChange, ChatSnapshot } from "../../src/shared/chat";
import type { ToWebview } from "../../src/shared/protocol";

const CHANGE: ChatChange = { type: "entriesChanged", upserts: [], removed: ["k"] };

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

function feed(): { readonly posts: ToWebview[]; readonly feed: ViewFeed } {
	const posts: ToWebview[] = [];
	return {
		posts,
		feed: new ViewFeed({
			post: (message) => posts.push(message),
			snapshot: (seq) => ({ seq }) as ChatSnapshot,
			logChanges: () => [],
		}),
	};
}

test("nothing is told to a view that has not asked", () => {
	const { posts, feed: told } = feed();
	told.push(CHANGE);
	told.reset();
	vi.advanceTimersByTime(1_000);
	expect(posts).toEqual([]);
});

test("every ready is answered by a snapshot at once", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.ready();
	expect(posts.map(({ type }) => type)).toEqual(["snapshot", "snapshot"]);
});

test("ten thousand changes in a frame are one post", () => {
	const { posts, feed: told } = feed();
	told.ready();
	for (let index = 0; index < 10_000; index++) {
		told.push(CHANGE);
	}
	vi.advanceTimersByTime(16);
	expect(posts.slice(1).map((post) => (post.type === "changes" ? post.changes.length : 0))).toEqual(
		[10_000],
	);
});

test("posts are numbered without a gap, and a snapshot holds the last number", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.push(CHANGE);
	vi.advanceTimersByTime(16);
	told.push(CHANGE);
	vi.advanceTimersByTime(16);
	told.ready();
	expect(
		posts.map((post) =>
			post.type === "snapshot" ? post.chat.seq : post.type === "changes" ? post.seq : -1,
		),
	).toEqual([0, 1, 2, 2]);
});

test("changes before a snapshot that is due are not told twice", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.push(CHANGE);
	told.reset();
	told.push(CHANGE);
	vi.advanceTimersByTime(16);
	expect(posts.map(({ type }) => type)).toEqual(["snapshot", "snapshot"]);
});

test("a hidden view costs no timer", () => {
	const { feed: told } = feed();
	told.ready();
	told.push(CHANGE);
	told.pause();
	told.push(CHANGE);
	told.reset();
	expect(vi.getTimerCount()).toBe(0);
});

test("of ten thousand wishes in a second a hundred are heard, and the rest is told once", () => {
	const limit = new WishLimit(() => 5);
	const answers = Array.from({ length: 10_000 }, () => limit.admit());
	const count = (answer: string) => answers.filter((given) => given === answer).length;
	expect([count("yes"), count("overflow"), count("no")]).toEqual([100, 1, 9_899]);
});

test("after a second the view is heard again", () => {
	let now = 0;
	const limit = new WishLimit(() => now);
	Array.from({ length: 200 }, () => limit.admit());
	now = 1_000;
	expect(limit.admit()).toBe("yes");
});
