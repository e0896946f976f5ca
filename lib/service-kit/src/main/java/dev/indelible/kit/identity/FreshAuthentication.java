package dev.indelible.kit.identity;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On an operation that is grave: only for a person who has shown a passkey in the last five
/// minutes, and has done nothing grave with it: the operation spends it ([SpentAuthentications]).
/// Others are told what to ask Keycloak for ([Caller#requireFreshAuthentication]). Roles are looked
/// at before; machines never pass, since nobody is there to be authenticated.
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface FreshAuthentication {}
