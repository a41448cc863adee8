-- What each role may do in the portal's database (PostgreSQL). Run by psql as superuser, or on
-- PostgreSQL 15 and newer as the owner, connected to that database, after every change of its
-- structure; running it again does no harm:
--
--   psql -v owner=portal_owner -v app=portal -v readonly=portal_readonly -f database-roles.sql portal
--
--   owner     the tables are its own: migrations and restores, nothing that answers requests
--   app       web, worker, scheduler, backup: reads and writes rows, changes no structure; the
--             audit trail it can only continue
--   readonly  other people's reports: reads what was studied and decided, nobody's passwords and
--             sign-ins, and not the trail
\set ON_ERROR_STOP on
BEGIN;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO :"owner";
REVOKE CREATE ON SCHEMA public FROM :"app", :"readonly";
GRANT USAGE ON SCHEMA public TO :"app", :"readonly";

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"readonly";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO :"readonly";

-- What the owner makes later, so that a new table is not out of reach until this runs again.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT ON TABLES TO :"readonly";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT ON SEQUENCES TO :"readonly";

-- The trail grows at its end and nowhere else; which migrations ran, the owner writes.
REVOKE UPDATE, DELETE, TRUNCATE ON accounts_auditevent FROM :"app";
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM :"app";

REVOKE SELECT ON accounts_user, accounts_oldpassword, accounts_onetimelink, accounts_signin,
  accounts_auditevent, axes_accessattempt, axes_accessattemptexpiration, axes_accessfailurelog,
  axes_accesslog, django_session, units_apitoken FROM :"readonly";
GRANT SELECT (id, username, full_name, is_active) ON accounts_user TO :"readonly";

COMMIT;
