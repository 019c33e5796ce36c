import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// happy-dom lays nothing out: without a size the virtual table would show no line at all.
vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(600);
vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(900);
vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);

// A busy machine answers late; nothing here waits for time to pass.
configure({ asyncUtilTimeout: 8_000 });

afterEach(cleanup);
