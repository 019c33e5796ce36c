import type { CatalogEntry } from "./generated";

const entry = (
  id: string,
  name: string,
  category: string,
  auth: string,
  description: string,
  host = `mcp.${name.toLowerCase()}.com`,
): CatalogEntry => ({
  id: `tpl-${id}`,
  name,
  host,
  description,
  auth,
  category,
  coming_soon: false,
  installed: null,
});

/** Entries of every kind: connected, waiting, coming soon, with a key, with a login this version does not know. */
export function usualCatalog(): CatalogEntry[] {
  return [
    {
      ...entry(
        "atlassian",
        "Atlassian",
        "productivity",
        "oauth",
        "Jira issues and Confluence pages for your site.",
      ),
      installed: { server_id: "srv-atlas", status: "finish_connecting" },
    },
    entry("browserbase", "Browserbase", "dev", "api_key", "Headless browsers an agent can drive."),
    entry("canva", "Canva", "design", "oauth", "Designs, brand kits and exports."),
    entry("context7", "Context7", "dev", "api_key", "Current library documentation."),
    { ...entry("figma", "Figma", "design", "oauth", "Files, frames and variables."), coming_soon: true },
    {
      ...entry("linear", "Linear", "productivity", "oauth", "Issues, projects and cycles.", "mcp.linear.app"),
      installed: { server_id: "srv-linear", status: "connected" },
    },
    entry("neon", "Neon", "infra", "oauth", "Postgres projects, branches and queries."),
    entry("notion", "Notion", "productivity", "oauth", "Pages and databases of your workspace."),
    {
      ...entry("sentry", "Sentry", "dev", "oauth", "Errors, traces and releases.", "mcp.sentry.dev"),
      installed: { server_id: "srv-sentry", status: "log_in_again" },
    },
    entry("stripe", "Stripe", "business", "oauth", "Customers, payments and invoices."),
    entry("vault", "Vault", "infra", "mutual_tls", "Secrets by path."),
    entry("warehouse", "Bigtable Explorer", "data", "oauth", ""),
  ];
}
