-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "bootstrap" TEXT,
    "vault_check" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_addresses" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "address_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "postcode" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "actor_key_id" UUID,
    "action" TEXT NOT NULL,
    "resource_prefix" TEXT,
    "resource_id" UUID,
    "data" JSONB NOT NULL,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "credentials" BYTEA,
    "fingerprint" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "active_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "resource_prefix" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhooks" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_secret_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "webhook_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_status" INTEGER,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "resource_prefix" TEXT,
    "resource_id" UUID,
    "status" INTEGER,
    "headers" JSONB,
    "body" BYTEA,
    "lease_owner" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "fence" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leads" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "quote_id" UUID,
    "offer_id" UUID,
    "property_id" UUID,
    "branch_id" UUID,
    "address" JSONB,
    "tenancy_start" DATE,
    "tenancy_end" DATE,
    "notifications" BOOLEAN NOT NULL,
    "existing_tenancy" BOOLEAN NOT NULL,
    "managing_party_name" TEXT,
    "property_reference" TEXT,
    "source" JSONB NOT NULL,
    "metadata" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_submissions" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "tenant_id" UUID,
    "operation_id" UUID,
    "status" TEXT NOT NULL,
    "provider_ids" JSONB NOT NULL,
    "error" JSONB,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_submissions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mappings" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "resource_prefix" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_resource" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mappings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_payloads" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "resource_prefix" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "provider_payloads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operations" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "resource_prefix" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reconcile" TEXT NOT NULL,
    "input" BYTEA,
    "reference" TEXT,
    "provider_ids" JSONB NOT NULL,
    "error" JSONB,
    "hint" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "looks" INTEGER NOT NULL DEFAULT 0,
    "next_look_at" TIMESTAMPTZ(3),
    "lease_owner" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "fence" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "wipe_at" TIMESTAMPTZ(3),

    CONSTRAINT "operations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "product" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "provider_status" TEXT,
    "reference" TEXT,
    "property_reference" TEXT,
    "quote_id" UUID,
    "offer_id" UUID,
    "property_id" UUID,
    "branch_id" UUID,
    "address" JSONB NOT NULL,
    "occupants" INTEGER NOT NULL,
    "bill_payers" INTEGER NOT NULL,
    "household_type" TEXT NOT NULL,
    "tenancy_start" DATE NOT NULL,
    "tenancy_end" DATE NOT NULL,
    "move_in" DATE,
    "choices" JSONB NOT NULL,
    "price" JSONB,
    "notes" JSONB NOT NULL,
    "metadata" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "order_id" UUID,
    "lead_id" UUID,
    "position" INTEGER NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "country_code" TEXT,
    "date_of_birth" DATE,
    "nationality" TEXT,
    "billing_address" JSONB,
    "mandate_status" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invites" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "order_id" UUID NOT NULL,
    "tenant_id" UUID,
    "first_name" TEXT,
    "last_name" TEXT,
    "phone" TEXT,
    "times_sent" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "invites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "properties" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "address_key" TEXT NOT NULL,
    "address" JSONB NOT NULL,
    "uprn" TEXT,
    "property_reference" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "properties_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenancies" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "property_id" UUID NOT NULL,
    "order_id" UUID,
    "kind" TEXT NOT NULL,
    "start_date" DATE NOT NULL,
    "end_date" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenancies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_calls" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "resource_prefix" TEXT,
    "resource_id" UUID,
    "request_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "status" INTEGER,
    "error_code" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "request_body" JSONB,
    "response_body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quotes" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "offers" JSONB NOT NULL,
    "results" JSONB NOT NULL,
    "metadata" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quotes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offers" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "quote_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "product" TEXT NOT NULL,
    "provider_quote_id" TEXT,

    CONSTRAINT "offers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "accounts_bootstrap_key" ON "accounts"("bootstrap");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_account_id_mode_id_idx" ON "api_keys"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "known_addresses_expires_at_idx" ON "known_addresses"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "known_addresses_account_id_mode_address_id_provider_key" ON "known_addresses"("account_id", "mode", "address_id", "provider");

-- CreateIndex
CREATE INDEX "audit_entries_account_id_mode_id_idx" ON "audit_entries"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "connections_active_key_key" ON "connections"("active_key");

-- CreateIndex
CREATE INDEX "connections_account_id_mode_id_idx" ON "connections"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "events_account_id_mode_id_idx" ON "events"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "events_account_id_resource_id_seq_key" ON "events"("account_id", "resource_id", "seq");

-- CreateIndex
CREATE INDEX "webhooks_account_id_mode_id_idx" ON "webhooks"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "deliveries_account_id_webhook_id_id_idx" ON "deliveries"("account_id", "webhook_id", "id" DESC);

-- CreateIndex
CREATE INDEX "deliveries_state_next_attempt_at_idx" ON "deliveries"("state", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_account_id_webhook_id_event_id_key" ON "deliveries"("account_id", "webhook_id", "event_id");

-- CreateIndex
CREATE INDEX "idempotency_records_expires_at_idx" ON "idempotency_records"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_records_account_id_mode_method_path_key_key" ON "idempotency_records"("account_id", "mode", "method", "path", "key");

-- CreateIndex
CREATE INDEX "leads_account_id_mode_id_idx" ON "leads"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "lead_submissions_account_id_lead_id_idx" ON "lead_submissions"("account_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "mappings_account_id_connection_id_provider_resource_provide_key" ON "mappings"("account_id", "connection_id", "provider_resource", "provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "mappings_account_id_resource_id_connection_id_provider_reso_key" ON "mappings"("account_id", "resource_id", "connection_id", "provider_resource", "provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_payloads_account_id_resource_id_provider_key" ON "provider_payloads"("account_id", "resource_id", "provider");

-- CreateIndex
CREATE INDEX "operations_account_id_mode_id_idx" ON "operations"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "operations_account_id_mode_state_id_idx" ON "operations"("account_id", "mode", "state", "id" DESC);

-- CreateIndex
CREATE INDEX "operations_state_lease_until_idx" ON "operations"("state", "lease_until");

-- CreateIndex
CREATE INDEX "operations_state_next_look_at_idx" ON "operations"("state", "next_look_at");

-- CreateIndex
CREATE INDEX "operations_wipe_at_idx" ON "operations"("wipe_at");

-- CreateIndex
CREATE UNIQUE INDEX "operations_account_id_resource_id_seq_key" ON "operations"("account_id", "resource_id", "seq");

-- CreateIndex
CREATE INDEX "orders_account_id_mode_id_idx" ON "orders"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "orders_account_id_mode_status_id_idx" ON "orders"("account_id", "mode", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "orders_account_id_mode_reference_idx" ON "orders"("account_id", "mode", "reference");

-- CreateIndex
CREATE INDEX "orders_account_id_mode_property_reference_idx" ON "orders"("account_id", "mode", "property_reference");

-- CreateIndex
CREATE INDEX "tenants_account_id_order_id_position_idx" ON "tenants"("account_id", "order_id", "position");

-- CreateIndex
CREATE INDEX "tenants_account_id_lead_id_position_idx" ON "tenants"("account_id", "lead_id", "position");

-- CreateIndex
CREATE INDEX "tenants_account_id_mode_email_idx" ON "tenants"("account_id", "mode", "email");

-- CreateIndex
CREATE INDEX "invites_account_id_order_id_id_idx" ON "invites"("account_id", "order_id", "id" DESC);

-- CreateIndex
CREATE INDEX "properties_account_id_mode_id_idx" ON "properties"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "properties_account_id_mode_address_key_key" ON "properties"("account_id", "mode", "address_key");

-- CreateIndex
CREATE INDEX "tenancies_account_id_property_id_id_idx" ON "tenancies"("account_id", "property_id", "id" DESC);

-- CreateIndex
CREATE INDEX "provider_calls_account_id_mode_id_idx" ON "provider_calls"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "provider_calls_account_id_mode_provider_id_idx" ON "provider_calls"("account_id", "mode", "provider", "id" DESC);

-- CreateIndex
CREATE INDEX "provider_calls_account_id_resource_id_id_idx" ON "provider_calls"("account_id", "resource_id", "id" DESC);

-- CreateIndex
CREATE INDEX "provider_calls_expires_at_idx" ON "provider_calls"("expires_at");

-- CreateIndex
CREATE INDEX "quotes_account_id_mode_id_idx" ON "quotes"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "offers_account_id_quote_id_idx" ON "offers"("account_id", "quote_id");
