#include "oidc_fault.h"

static const struct {
        const char *name, *text;
        enum err err;
} faults[OIDC_FAULTS] = {
        [OIDC_OK] = { "ok", "all is well", OK },
        [OIDC_URL] = { "url", "an address of the provider is not a plain https URL", ERR_INTERNAL },
        [OIDC_CLIENT] = { "client", "the settings of the client are incomplete or malformed", ERR_INTERNAL },
        [OIDC_CLIENT_KEY] = { "client_key", "the client's private key cannot be read, or is not P-256 or RSA of 2048 "
                              "bits or more", ERR_INTERNAL },
        [OIDC_METADATA] = { "metadata", "the discovery document lacks a required member or has one of a wrong type",
                            ERR_BUSY },
        [OIDC_METADATA_ISSUER] = { "metadata_issuer", "the discovery document names another issuer", ERR_INTERNAL },
        [OIDC_UNSUPPORTED] = { "unsupported", "the provider offers no code flow with S256 and RS256, ES256 or PS256",
                               ERR_INTERNAL },
        [OIDC_AUTH_METHOD] = { "auth_method", "the provider accepts no client authentication that the settings allow",
                               ERR_INTERNAL },
        [OIDC_JWKS] = { "jwks", "the provider's key set is malformed", ERR_BUSY },
        [OIDC_UNREACHABLE] = { "unreachable", "the provider cannot be reached", ERR_BUSY },
        [OIDC_TLS] = { "tls", "no trusted TLS connection to the provider", ERR_BUSY },
        [OIDC_TIMEOUT] = { "timeout", "the provider did not answer in time", ERR_BUSY },
        [OIDC_TOO_LARGE] = { "too_large", "the provider's answer is too large", ERR_BUSY },
        [OIDC_ADDRESS] = { "address", "the provider's name leads to an address that is refused", ERR_INTERNAL },
        [OIDC_STATUS] = { "status", "the provider answered with an unexpected HTTP status", ERR_BUSY },
        [OIDC_JSON] = { "json", "the provider's answer is not one plain JSON object", ERR_BUSY },
        [OIDC_KEPT] = { "kept", "the callback has no sign-in of this browser, or one with another provider",
                        ERR_INVALID },
        [OIDC_LATE] = { "late", "the sign-in was begun too long ago", ERR_INVALID },
        [OIDC_STATE] = { "state", "the state of the callback is not the one that was sent", ERR_INVALID },
        [OIDC_CALLBACK_ISSUER] = { "callback_issuer", "the callback comes from another issuer, or does not say which",
                                   ERR_DENIED },
        [OIDC_DECLINED] = { "declined", "the provider answered the sign-in with an error", ERR_DENIED },
        [OIDC_CODE] = { "code", "the callback has no usable code", ERR_INVALID },
        [OIDC_EXCHANGE] = { "exchange", "the token endpoint refused the code or the client", ERR_DENIED },
        [OIDC_TOKEN_ANSWER] = { "token_answer", "the answer of the token endpoint has no ID token or a wrong token type",
                                ERR_BUSY },
        [OIDC_TOKEN_FORM] = { "token_form", "the ID token is not a well-formed compact JWS", ERR_DENIED },
        [OIDC_TOKEN_ALG] = { "token_alg", "the ID token is signed with an algorithm that is not allowed", ERR_DENIED },
        [OIDC_TOKEN_CRIT] = { "token_crit", "the ID token asks for extensions that are not supported", ERR_DENIED },
        [OIDC_KEY_UNKNOWN] = { "key_unknown", "the key set has no key for the ID token", ERR_DENIED },
        [OIDC_KEY_SEVERAL] = { "key_several", "several keys fit the ID token and it does not say which", ERR_DENIED },
        [OIDC_KEY_WEAK] = { "key_weak", "the key of the ID token is an RSA key below 2048 bits or with a small exponent",
                            ERR_DENIED },
        [OIDC_KEY_INVALID] = { "key_invalid", "the key of the ID token is malformed or not on its curve", ERR_DENIED },
        [OIDC_SIGNATURE] = { "signature", "the signature of the ID token is wrong", ERR_DENIED },
        [OIDC_CLAIMS] = { "claims", "the ID token lacks a required claim or has one of a wrong type", ERR_DENIED },
        [OIDC_ISSUER] = { "issuer", "the ID token is from another issuer", ERR_DENIED },
        [OIDC_AUDIENCE] = { "audience", "the ID token is for another client", ERR_DENIED },
        [OIDC_PARTY] = { "party", "the ID token has several audiences and this client is not its authorized party",
                         ERR_DENIED },
        [OIDC_EXPIRED] = { "expired", "the ID token has expired", ERR_DENIED },
        [OIDC_FUTURE] = { "future", "the ID token was issued in the future: compare the clocks", ERR_DENIED },
        [OIDC_OLD] = { "old", "the ID token was issued too long ago", ERR_DENIED },
        [OIDC_NONCE] = { "nonce", "the nonce of the ID token is not the one that was sent", ERR_DENIED },
        [OIDC_SUBJECT] = { "subject", "the subject of the ID token is empty, too long or not ASCII", ERR_DENIED },
        [OIDC_TOKEN_HASH] = { "token_hash", "the access token does not belong to the ID token", ERR_DENIED },
        [OIDC_ROLES] = { "roles", "the configured claim is not a string or a list of at most 256 strings", ERR_DENIED },
        [OIDC_USERINFO] = { "userinfo", "the UserInfo answer is malformed or about another subject", ERR_DENIED },
        [OIDC_CRYPTO] = { "crypto", "the cryptographic library failed", ERR_INTERNAL },
};

const char *oidc_fault_name(enum oidc_fault f) {
        return f < OIDC_FAULTS ? faults[f].name : "unknown";
}

const char *oidc_fault_text(enum oidc_fault f) {
        return f < OIDC_FAULTS ? faults[f].text : "unknown fault";
}

enum err oidc_fault_err(enum oidc_fault f) {
        return f < OIDC_FAULTS ? faults[f].err : ERR_INTERNAL;
}
