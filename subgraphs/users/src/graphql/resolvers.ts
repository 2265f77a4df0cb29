import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { Address } from './Address.ts'
import { accountDelete } from './Mutation/accountDelete.ts'
import { addressCreate } from './Mutation/addressCreate.ts'
import { addressDelete } from './Mutation/addressDelete.ts'
import { addressUpdate } from './Mutation/addressUpdate.ts'
import { DeviceSession } from './DeviceSession.ts'
import { emailChange } from './Mutation/emailChange.ts'
import { emailChangeRequest } from './Mutation/emailChangeRequest.ts'
import { emailVerificationRequest } from './Mutation/emailVerificationRequest.ts'
import { emailVerify } from './Mutation/emailVerify.ts'
import { passwordChange } from './Mutation/passwordChange.ts'
import { passwordReset } from './Mutation/passwordReset.ts'
import { passwordResetRequest } from './Mutation/passwordResetRequest.ts'
import { externalSignInComplete } from './Mutation/externalSignInComplete.ts'
import { externalSignInStart } from './Mutation/externalSignInStart.ts'
import { sessionCreate } from './Mutation/sessionCreate.ts'
import { sessionEnd } from './Mutation/sessionEnd.ts'
import { sessionEndAll } from './Mutation/sessionEndAll.ts'
import { sessionRefresh } from './Mutation/sessionRefresh.ts'
import { sessionRevoke } from './Mutation/sessionRevoke.ts'
import { userDisable } from './Mutation/userDisable.ts'
import { userEnable } from './Mutation/userEnable.ts'
import { userRegister } from './Mutation/userRegister.ts'
import { userRolesSet } from './Mutation/userRolesSet.ts'
import { viewerUpdate } from './Mutation/viewerUpdate.ts'
import { securityEvents } from './Query/securityEvents.ts'
import { users } from './Query/users.ts'
import { viewer } from './Query/viewer.ts'
import { SecurityEvent } from './SecurityEvent.ts'
import { PersonalData } from './PersonalData.ts'
import { User } from './User.ts'
import { UserConnection } from './UserConnection.ts'

export const resolvers: Resolvers = {
  Query: { viewer, users, securityEvents },
  Mutation: {
    userRegister,
    sessionCreate,
    sessionRefresh,
    sessionRevoke,
    sessionEnd,
    sessionEndAll,
    emailVerificationRequest,
    emailVerify,
    emailChangeRequest,
    emailChange,
    passwordChange,
    passwordResetRequest,
    passwordReset,
    accountDelete,
    externalSignInStart,
    externalSignInComplete,
    viewerUpdate,
    addressCreate,
    addressUpdate,
    addressDelete,
    userRolesSet,
    userDisable,
    userEnable,
  },
  User,
  UserConnection,
  Address,
  DeviceSession,
  SecurityEvent,
  PersonalData,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
