import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { authenticateRequests } from '#http/authentication'
import { endConnectionsOnClose } from '#http/closing'
import { answerFailures, answerBrokenRequests } from '#http/failures'
import { useJsonBodies } from '#http/json-body'
import { answerUnknownPaths } from '#http/not-found'
import { documentRoutes } from '#http/openapi'
import { limitRequests, limitWrongKeys } from '#http/rate-limit'
import { identifyRequests, requestIdOf } from '#http/request-identity'
import { observeRequests } from '#http/request-log'
import { noteScopes } from '#http/scopes'
import { traceRequests } from '#http/trace-requests'
import { accountRoutes } from '#resources/accounts/routes'
import { addressRoutes } from '#resources/addresses/routes'
import { apiKeyRoutes } from '#resources/api-keys/routes'
import { auditLogRoutes } from '#resources/audit-log/routes'
import { branchRoutes } from '#resources/branches/routes'
import { cartRoutes } from '#resources/carts/routes'
import { connectionRoutes } from '#resources/connections/routes'
import { eventRoutes } from '#resources/events/routes'
import { giftCardRoutes } from '#resources/gift-cards/routes'
import { invoiceRoutes } from '#resources/invoices/routes'
import { leadRoutes } from '#resources/leads/routes'
import { mappingRoutes } from '#resources/mappings/routes'
import { networkGiftCardUsageRoutes } from '#resources/network-gift-card-usages/routes'
import { networkGiftCardRoutes } from '#resources/network-gift-cards/routes'
import { networkPartnerRoutes } from '#resources/network-partners/routes'
import { networkVoucherBoxRoutes } from '#resources/network-voucher-boxes/routes'
import { networkVoucherRoutes } from '#resources/network-vouchers/routes'
import { mediaRoutes } from '#resources/media/routes'
import { operationRoutes } from '#resources/operations/routes'
import { billRoutes } from '#resources/orders/bills/routes'
import { inviteRoutes } from '#resources/orders/invites/routes'
import { orderReadingRoutes } from '#resources/orders/meter-readings/routes'
import { orderPaymentRequestRoutes } from '#resources/orders/payment-requests/routes'
import { orderPaymentRoutes } from '#resources/orders/payments/routes'
import { postalBillRoutes } from '#resources/orders/postal-bills/routes'
import { orderRoutes } from '#resources/orders/routes'
import { orderTimelineRoutes } from '#resources/orders/timeline/routes'
import { tenantRoutes } from '#resources/orders/tenants/routes'
import { partnerRoutes } from '#resources/partners/routes'
import { peopleRoutes } from '#resources/people/routes'
import { propertyReadingRoutes } from '#resources/properties/meter-readings/routes'
import { paymentRequestRoutes } from '#resources/payment-requests/routes'
import { paymentRoutes } from '#resources/payments/routes'
import { payoutRequestRoutes } from '#resources/payout-requests/routes'
import { propertyRoutes } from '#resources/properties/routes'
import { providerCallRoutes } from '#resources/provider-calls/routes'
import { driftRoutes } from '#resources/providers/drift/routes'
import { providerAccountRoutes } from '#resources/providers/account/routes'
import { providerRoutes } from '#resources/providers/routes'
import { quoteRoutes } from '#resources/quotes/routes'
import { reportRoutes } from '#resources/reports/routes'
import { documentationRoutes } from '#resources/service/documentation-routes'
import { serviceRoutes } from '#resources/service/routes'
import { webhookRoutes } from '#resources/webhooks/routes'
import { categoryRoutes } from '#resources/voucher-option-categories/routes'
import { optionRoutes } from '#resources/voucher-options/routes'
import { prototypeRoutes } from '#resources/voucher-prototypes/routes'
import { voucherRoutes } from '#resources/vouchers/routes'
import { voidRoutes } from '#resources/voids/routes'
import { walletRoutes } from '#resources/wallets/routes'
import type { Services } from '#services'

/** Bytes; the largest request of the contract has a few kilobytes. */
const BODY_LIMIT = 256 * 1024
/** Milliseconds for a request to arrive whole, and how often that is looked at. */
const PATIENCE = { requestMs: 30_000, checkMs: 5_000 }
/** Longer than a load balancer keeps an idle connection, so that it is never closed on a request in flight. */
const KEEP_ALIVE_TIMEOUT = 75_000

/** The whole service on one Fastify instance, not yet listening: hooks in order, then resources in order. */
export async function buildApp(services: Services, patience = PATIENCE): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = services.logger
  const onError = answerFailures(services.config)
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: patience.requestMs,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    // Without these Node and Fastify answer some requests by themselves, and not with problem details.
    http: {
      connectionsCheckingInterval: patience.checkMs,
      // Node swaps the two when this one, 60 s by default, is the longer.
      headersTimeout: patience.requestMs,
      requireHostHeader: false,
    },
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256 },
    clientErrorHandler: answerBrokenRequests(services.config),
    frameworkErrors: onError,
  })
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node would refuse it without a body.
  app.server.on('checkExpectation', app.routing)
  app.setErrorHandler(onError)
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => String)
  endConnectionsOnClose(app, services.readiness.leaving)
  identifyRequests(app)
  if (services.tracing) traceRequests(app, services.tracing)
  observeRequests(app, services.metrics)
  useJsonBodies(app)
  app.decorate('uploadMaxBytes', services.config.uploadMaxBytes)
  answerUnknownPaths(app)
  await documentRoutes(app)

  await documentationRoutes(app)
  serviceRoutes(app, services)
  noteScopes(app)
  await app.register(async api => {
    const { rateLimitPerMinute } = services.config
    authenticateRequests(api, services.authenticator, limitWrongKeys(rateLimitPerMinute))
    limitRequests(api, rateLimitPerMinute)
    addressRoutes(api, services)
    connectionRoutes(api, services)
    providerRoutes(api, services)
    driftRoutes(api, services)
    providerCallRoutes(api, services)
    quoteRoutes(api, services)
    leadRoutes(api, services)
    orderRoutes(api, services)
    tenantRoutes(api, services)
    inviteRoutes(api, services)
    billRoutes(api, services)
    orderPaymentRoutes(api, services)
    orderPaymentRequestRoutes(api, services)
    orderTimelineRoutes(api, services)
    orderReadingRoutes(api, services)
    postalBillRoutes(api, services)
    propertyRoutes(api, services)
    propertyReadingRoutes(api, services)
    voidRoutes(api, services)
    branchRoutes(api, services)
    providerAccountRoutes(api, services)
    reportRoutes(api, services)
    networkGiftCardRoutes(api, services)
    networkGiftCardUsageRoutes(api, services)
    partnerRoutes(api, services)
    networkPartnerRoutes(api, services)
    walletRoutes(api, services)
    networkVoucherBoxRoutes(api, services)
    networkVoucherRoutes(api, services)
    cartRoutes(api, services)
    paymentRequestRoutes(api, services)
    paymentRoutes(api, services)
    payoutRequestRoutes(api, services)
    invoiceRoutes(api, services)
    operationRoutes(api, services)
    eventRoutes(api, services)
    webhookRoutes(api, services)
    peopleRoutes(api, services)
    mappingRoutes(api, services)
    giftCardRoutes(api, services)
    mediaRoutes(api, services)
    voucherRoutes(api, services)
    prototypeRoutes(api, services)
    optionRoutes(api, services)
    categoryRoutes(api, services)
    apiKeyRoutes(api, services)
    accountRoutes(api, services)
    auditLogRoutes(api, services)
  })
  return app
}
