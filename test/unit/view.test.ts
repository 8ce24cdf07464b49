import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PanelFeed } from "../../src/extension/panel/feed";
import { RequestLimit } from "../../src/extension/panel/requestLimit";
import type { ChatChange, ChatSnapshot } from "../../src/shared/chat";
import type { ToWebview } from "../../src/shared/protocol";

const CHANGE: ChatChange = { type: "entriesChanged", upserts: [], removed: ["k"] };

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

function feed(logChanges: () => ChatChange[] = () => []): {
	readonly posts: ToWebview[];
	readonly feed: PanelFeed;
} {
	const posts: ToWebview[] = [];
	return {
		posts,
		feed: new PanelFeed({
			post: (message) => posts.push(message),
			snapshot: (seq) => ({ seq }) as ChatSnapshot,
			logChanges,
		}),
	};
}

function changesOf(post: ToWebview): readonly ChatChange[] {
	return post.type === "changes" ? post.changes : [];
}

function numberOf(post: ToWebview): number {
	return post.type === "snapshot" ? post.chat.seq : post.type === "changes" ? post.seq : NaN;
}

test("a view gets no post before its first request", () => {
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
	told.drawn(1);
	for (let index = 0; index < 10_000; index++) {
		told.push(CHANGE);
	}
	vi.advanceTimersByTime(16);
	expect(posts.slice(1).map((post) => (post.type === "changes" ? post.changes.length : 0))).toEqual(
		[10_000],
	);
});

test("posts are numbered without a gap, snapshots too", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.drawn(1);
	told.push(CHANGE);
	vi.advanceTimersByTime(16);
	told.drawn(2);
	told.push(CHANGE);
	vi.advanceTimersByTime(16);
	told.ready();
	expect(posts.map(numberOf)).toEqual([1, 2, 3, 4]);
});

test("no post follows an undrawn one, and the collected changes are one post", () => {
	const { posts, feed: told } = feed();
	told.ready();
	for (let frame = 0; frame < 60; frame++) {
		told.push(CHANGE);
		vi.advanceTimersByTime(16);
	}
	const meanwhile = posts.length;
	told.drawn(1);
	vi.advanceTimersByTime(0);
	const last = posts.at(-1);
	expect([meanwhile, posts.length, last?.type === "changes" && last.changes.length]).toEqual([
		1, 2, 60,
	]);
});

test("a change after a pause waits for one frame, and not for the view", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.drawn(1);
	vi.advanceTimersByTime(5_000);
	told.push(CHANGE);
	vi.advanceTimersByTime(15);
	const early = posts.length;
	vi.advanceTimersByTime(1);
	expect([early, posts.length]).toEqual([1, 2]);
});

test("a view that draws at once gets one post a frame", () => {
	const { posts, feed: told } = feed();
	told.ready();
	for (let ms = 0; ms < 160; ms++) {
		told.drawn(Math.max(...posts.map(numberOf)));
		told.push(CHANGE);
		vi.advanceTimersByTime(1);
	}
	expect(posts.length).toBe(11);
});

test("the acknowledgement of an earlier post releases no other", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.ready();
	told.push(CHANGE);
	told.drawn(1);
	vi.advanceTimersByTime(100);
	expect(posts.map(numberOf)).toEqual([1, 2]);
});

test("a lost acknowledgement delays the feed by two seconds", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.push(CHANGE);
	vi.advanceTimersByTime(1_999);
	const before = posts.length;
	vi.advanceTimersByTime(1);
	expect([before, posts.length]).toEqual([1, 2]);
});

test("the log waits for the view's acknowledgement, requested every two seconds", () => {
	const { posts, feed: told } = feed(() => [CHANGE]);
	told.ready();
	told.touch();
	vi.advanceTimersByTime(6_000);
	const asked = posts.slice(1).map(changesOf);
	told.drawn(posts.length);
	vi.advanceTimersByTime(16);
	expect([asked, posts.slice(4).map(changesOf)]).toEqual([[[], [], []], [[CHANGE]]]);
});

test("a late acknowledgement, after all other changes, releases the log", () => {
	const { posts, feed: told } = feed(() => [CHANGE]);
	told.ready();
	vi.advanceTimersByTime(3_000);
	told.touch();
	vi.advanceTimersByTime(10);
	told.drawn(1);
	expect(posts.slice(1).map(changesOf)).toEqual([[CHANGE]]);
});

test("an urgent change does not wait for the view", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.push(CHANGE);
	told.flush();
	expect(posts.map(({ type }) => type)).toEqual(["snapshot", "changes"]);
});

test("a view hidden during a post gets its changes when it is shown again", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.pause();
	told.ready();
	told.drawn(2);
	told.push(CHANGE);
	vi.advanceTimersByTime(16);
	expect(posts.map(({ type }) => type)).toEqual(["snapshot", "snapshot", "changes"]);
});

test("in any order of events a post follows a drawn or expired one, and the log's a drawn one; no change is lost or sent twice", () => {
	const step = fc.constantFrom("push", "touch", "wait", "draw", "long", "again", "reset");
	fc.assert(
		fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
			let [pushed, known, posted, drawn, postedMs] = [0, 0, 0, 0, -Infinity];
			let [isInOrder, isAlone, isAsked] = [true, true, true];
			let [touched, seen, isSure] = [0, 0, true];
			const told = new PanelFeed({
				post: (post) => {
					isAlone &&= isAsked || drawn === posted || performance.now() - postedMs >= 2_000;
					isInOrder &&= numberOf(post) === ++posted;
					postedMs = performance.now();
					const changes = post.type === "changes" ? post.changes : [];
					for (const change of changes) {
						isInOrder &&= change.type === "entriesChanged" && change.removed[0] === `${known++}`;
					}
				},
				snapshot: (seq) => {
					known = pushed;
					seen = touched;
					return { seq } as ChatSnapshot;
				},
				logChanges: () => {
					isSure &&= drawn === posted;
					seen = touched;
					return [];
				},
			});
			told.ready();
			for (const kind of steps) {
				isAsked = kind === "again";
				if (kind === "push") {
					told.push({ ...CHANGE, removed: [`${pushed++}`] });
				} else if (kind === "touch") {
					touched++;
					told.touch();
				} else if (kind === "draw") {
					drawn = posted;
					told.drawn(drawn);
				} else if (kind === "again") {
					told.ready();
				} else if (kind === "reset") {
					told.reset();
				} else {
					vi.advanceTimersByTime(kind === "wait" ? 16 : 1_500);
				}
			}
			isAsked = false;
			vi.advanceTimersByTime(10_000);
			drawn = posted;
			told.drawn(drawn);
			vi.advanceTimersByTime(16);
			expect([isInOrder, isAlone, isSure, known, seen]).toEqual([
				...[true, true, true],
				...[pushed, touched],
			]);
		}),
	);
});

test("changes before a pending snapshot are not sent twice", () => {
	const { posts, feed: told } = feed();
	told.ready();
	told.drawn(1);
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

test("a hundred of ten thousand requests in a second are handled, and the rest is reported once", () => {
	const limit = new RequestLimit(() => 5);
	const answers = Array.from({ length: 10_000 }, () => limit.admit());
	const count = (answer: string) => answers.filter((given) => given === answer).length;
	expect([count("yes"), count("overflow"), count("no")]).toEqual([100, 1, 9_899]);
});

test("after a second the view's requests are handled again", () => {
	let now = 0;
	const limit = new RequestLimit(() => now);
	Array.from({ length: 200 }, () => limit.admit());
	now = 1_000;
	expect(limit.admit()).toBe("yes");
});
