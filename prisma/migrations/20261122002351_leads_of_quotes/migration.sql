-- CreateIndex
CREATE INDEX "leads_account_id_quote_id_idx" ON "leads"("account_id", "quote_id");
