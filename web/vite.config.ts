import { defineConfig } from "vitest/config";

// Two builds of the widget: a classic script for one line of HTML, and an ES module for those who bundle; and the officers' desk.
const builds = {
  widget: { entry: "src/widget.ts", format: "iife", fileName: "widget.js" },
  module: { entry: "src/annae-chat.ts", format: "es", fileName: "annae-chat.js" },
  desk: { entry: "src/desk/main.ts", format: "iife", fileName: "desk.js" },
} as const;

export default defineConfig(({ mode }) => {
  const build = mode === "module" ? builds.module : mode === "desk" ? builds.desk : builds.widget;
  return {
    publicDir: false,
    build: {
      outDir: "../assistant/static",
      emptyOutDir: false,
      target: "es2022",
      lib: { entry: build.entry, name: "AnnaeChat", formats: [build.format], fileName: () => build.fileName, cssFileName: "desk" },
    },
    test: {
      environment: "happy-dom",
      environmentOptions: { happyDOM: { settings: { disableIframePageLoading: true, handleDisabledFileLoadingAsSuccess: true } } },
      // happy-dom tells of every frame that it does not load.
      onConsoleLog: (log: string) => !log.includes("Iframe page loading is disabled"),
      include: ["test/**/*.test.ts"],
    },
  };
});
